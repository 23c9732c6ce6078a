import { randomBytes } from 'node:crypto';

/** A fresh UUIDv7: the time in its head keeps rows of one hour near each other on disk; never used as a cursor. */
// The caller names which kind of id it wants; a brand exists in the type alone.
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
export function newId<Id extends string>(): Id {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(Date.now(), 0, 6);
  bytes[6] = (bytes.readUInt8(6) & 0x0f) | 0x70;
  bytes[8] = (bytes.readUInt8(8) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-') as Id;
}
