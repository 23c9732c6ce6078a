import type { StoryRow } from '../../../../database/read-models/story.read-model.ts';
import { sentenceOf } from '../../../../domain/rollout/story.ts';
import type { Answer } from '../http/answers.ts';
import type { storyEntry } from './story.schemas.ts';

/** One event as people read it. */
export function storyAnswer(row: StoryRow): Answer<typeof storyEntry> {
  return { ...row, text: sentenceOf({ ...row, clientName: row.client?.name ?? null }) };
}
