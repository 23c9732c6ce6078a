import { Injectable } from '@nestjs/common';
import { readServerSettings } from '../../../../database/read-models/server-settings.read-model.ts';
import { countOwedWakes } from '../../../../database/read-models/today.read-model.ts';
import { zoneDataVersion } from '../../../../domain/calendar/zone.ts';
import { Backend } from '../backend.ts';
import type { Answer } from '../http/answers.ts';
import type { doctorView } from './vendor.schemas.ts';

/** Says how the installation is. */
@Injectable()
export class DoctorService {
  constructor(private readonly backend: Backend) {}

  async examine(): Promise<Answer<typeof doctorView>> {
    const { settings, database } = this.backend;
    const problem = await this.backend.problemOfTemporal();
    const server = await readServerSettings(database.pool);
    return {
      settings: settings.described,
      // A process does not start on any other.
      schema: 'current',
      temporal: {
        address: settings.temporalAddress,
        reachable: problem === null,
        detail: problem ?? 'answers',
      },
      zoneData: zoneDataVersion,
      wakesOwed: await countOwedWakes(database.pool),
      durability: { fsync: server.fsync, synchronousCommit: server.synchronousCommit },
    };
  }
}
