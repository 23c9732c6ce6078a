import { Injectable } from '@nestjs/common';
import { chooseDate, readOffers } from '../../../../activities/planning/choose-date.ts';
import type { RolloutId } from '../../../../domain/ids.ts';
import { type LocalDate, parseInstant } from '../../../../domain/instant.ts';
import type { Caller } from '../access/permissions.ts';
import { Backend } from '../backend.ts';
import type { Answer } from '../http/answers.ts';
import { notFound } from '../http/problem.ts';
import { problemOfRefusal } from '../http/refused.ts';
import type { chosenDate, DateBody, offerView, OffersQuery } from './chosen-dates.schemas.ts';
import type { RolloutClientPath } from './rollout-clients.schemas.ts';

/** Dates that can be had, and the one that is chosen. */
@Injectable()
export class ChosenDatesService {
  constructor(private readonly backend: Backend) {}

  async offers(
    { id, key }: RolloutClientPath,
    { count, from, by }: OffersQuery,
  ): Promise<readonly Answer<typeof offerView>[]> {
    const earliest = (from ?? null) as LocalDate | null;
    const wish = { rolloutId: id as RolloutId, clientKey: key, by, count, earliest };
    const offers = await readOffers(this.backend, wish);
    if (offers === null) throw notFound(`client ${key} before production in this rollout`);
    return offers;
  }

  async choose(
    { id, key }: RolloutClientPath,
    { start, by }: DateBody,
    { actor }: Caller,
  ): Promise<Answer<typeof chosenDate>> {
    const answer = await chooseDate(this.backend, {
      rolloutId: id as RolloutId,
      clientKey: key,
      start: parseInstant(start),
      by,
      actor,
    });
    if (answer.kind === 'refused') throw problemOfRefusal(answer, { offers: answer.offers });
    const { offer } = answer;
    return {
      slotStart: offer.start,
      slotLatestEnd: offer.latestEnd,
      localStart: offer.localStart,
    };
  }
}
