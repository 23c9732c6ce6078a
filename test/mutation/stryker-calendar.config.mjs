import { strykerForRoom } from './stryker-room.mjs';

export default strykerForRoom('calendar', [
  'domain/calendar/*.ts',
  '!domain/calendar/zone-data.ts',
]);
