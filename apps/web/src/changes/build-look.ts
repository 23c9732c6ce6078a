import type { Build } from '../api/types.ts';
import { IconArrowBackUp, IconBan, IconCircleCheck, IconHourglass } from '../icons.ts';
import type { Look } from '../words/look.ts';

/** How a build stands: blocked beats superseded, both beat QA. */
export function buildLook(build: Build): Look {
  if (build.blockedAt !== null) return { words: 'Blocked', tone: 'bad', icon: IconBan };
  if (build.supersededBy !== null) {
    return { words: `Replaced by ${build.supersededBy}`, tone: 'off', icon: IconArrowBackUp };
  }
  if (build.qaPassedAt !== null) return { words: 'QA passed', tone: 'good', icon: IconCircleCheck };
  return { words: 'Waiting for QA', tone: 'ask', icon: IconHourglass };
}
