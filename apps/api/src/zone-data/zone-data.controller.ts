import { Controller, Get } from '@nestjs/common';
import { Needs } from '../access/needs.ts';
import { type Answer, Answers } from '../http/answers.ts';
import { zoneDataView } from './zone-data.schemas.ts';
import { ZoneDataService } from './zone-data.service.ts';

/** Which release of the zone database decides, and what it makes of the stored dates. */
@Controller('v1/zone-data')
export class ZoneDataController {
  constructor(private readonly zoneData: ZoneDataService) {}

  @Get()
  @Needs('read')
  @Answers(zoneDataView)
  async showZoneData(): Promise<Answer<typeof zoneDataView>> {
    return await this.zoneData.show();
  }
}
