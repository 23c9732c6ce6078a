import { Injectable } from '@nestjs/common';
import { readStory } from '../../../../database/read-models/story.read-model.ts';
import type { RolloutId } from '../../../../domain/ids.ts';
import { Backend } from '../backend.ts';
import type { Answer } from '../http/answers.ts';
import { numberIn } from '../http/forms.ts';
import { storyAnswer } from './story-answer.ts';
import type { storyPage, StoryQuery } from './story.schemas.ts';

/** The story of a rollout, newest first. */
@Injectable()
export class StoryService {
  constructor(private readonly backend: Backend) {}

  async ofRollout(id: string, query: StoryQuery): Promise<Answer<typeof storyPage>> {
    const limit = query.limit ?? 100;
    const rows = await readStory(this.backend.database.pool, {
      rolloutId: id as RolloutId,
      clientKey: query.client,
      before: numberIn(query.cursor),
      limit,
    });
    const last = rows.at(-1);
    return {
      items: rows.map((row) => storyAnswer(row)),
      nextCursor: rows.length === limit && last ? String(last.position) : null,
    };
  }
}
