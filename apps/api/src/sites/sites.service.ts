import { Injectable } from '@nestjs/common';
import { surveySites } from '../../../../activities/deployment/survey-sites.ts';
import type { Caller } from '../access/permissions.ts';
import { Backend } from '../backend.ts';
import type { Answer } from '../http/answers.ts';
import type { SurveyBody, surveyResult } from './sites.schemas.ts';

/** Asks the clients' sites what they run. */
@Injectable()
export class SitesService {
  constructor(private readonly backend: Backend) {}

  async survey({ clients }: SurveyBody, { actor }: Caller): Promise<Answer<typeof surveyResult>> {
    const items = await surveySites(this.backend, {
      ...(clients === undefined ? {} : { clientKeys: clients }),
      by: actor,
    });
    const count = (is: (item: (typeof items)[number]) => boolean): number =>
      items.filter(is).length;
    const read = count(({ version }) => version !== null);
    const adopted = count((item) => item.adopted);
    const drifted = count((item) => item.drift);
    const summary = `${read} of ${items.length} sites read; ${adopted} builds adopted as baselines; ${drifted} differ from the ledger`;
    return { items, summary };
  }
}
