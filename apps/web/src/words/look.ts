import type { TablerIcon } from '@tabler/icons-react';

/** How a state reads and looks. The words alone say it; colour and sign only help the eye. */
export interface Look {
  readonly words: string;
  readonly tone: Tone;
  readonly icon: TablerIcon;
}

/** What a state means for whoever looks after it. */
export type Tone = 'good' | 'busy' | 'calm' | 'ask' | 'bad' | 'off';
