import type {
  ClientRolloutState,
  CohortState,
  Deployment,
  MessageStatus,
  RolloutState,
  RoundState,
} from '../api/types.ts';
import {
  IconActivity,
  IconAlertTriangle,
  IconArrowBackUp,
  IconBan,
  IconCalendarEvent,
  IconCalendarX,
  IconCircle,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
  IconClock,
  IconEye,
  IconHelpCircle,
  IconHourglassEmpty,
  IconMailCheck,
  IconMailFast,
  IconMailOff,
  IconMessageQuestion,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerSkipForward,
  IconPlayerStop,
  IconRocket,
  IconShieldCheck,
  IconThumbDown,
} from '../icons.ts';
import type { Look } from './look.ts';

export const clientStates = {
  planned: { words: 'Planned', tone: 'calm', icon: IconCircleDashed },
  previewing: { words: 'On its way to preview', tone: 'busy', icon: IconEye },
  asking: { words: 'Waiting for the client', tone: 'ask', icon: IconMessageQuestion },
  agreed: { words: 'Agreed', tone: 'calm', icon: IconCircle },
  scheduled: { words: 'Scheduled', tone: 'calm', icon: IconCalendarEvent },
  missed: { words: 'Missed its slot', tone: 'bad', icon: IconCalendarX },
  deploying: { words: 'Deploying', tone: 'busy', icon: IconRocket },
  verifying: { words: 'Verifying', tone: 'busy', icon: IconShieldCheck },
  done: { words: 'Done', tone: 'good', icon: IconCircleCheck },
  rejected: { words: 'Rejected', tone: 'off', icon: IconThumbDown },
  'no-answer': { words: 'No answer', tone: 'ask', icon: IconHourglassEmpty },
  failed: { words: 'Failed', tone: 'bad', icon: IconCircleX },
  unknown: { words: 'Unknown', tone: 'bad', icon: IconHelpCircle },
  skipped: { words: 'Skipped', tone: 'off', icon: IconPlayerSkipForward },
  withdrawn: { words: 'Withdrawn', tone: 'off', icon: IconBan },
  'rolled-back': { words: 'Rolled back', tone: 'off', icon: IconArrowBackUp },
} as const satisfies Record<ClientRolloutState, Look>;

export const rolloutStates = {
  draft: { words: 'Draft', tone: 'calm', icon: IconCircleDashed },
  running: { words: 'Running', tone: 'busy', icon: IconPlayerPlay },
  paused: { words: 'Paused', tone: 'ask', icon: IconPlayerPause },
  stopped: { words: 'Stopped', tone: 'bad', icon: IconPlayerStop },
  closed: { words: 'Closed', tone: 'off', icon: IconBan },
  done: { words: 'Done', tone: 'good', icon: IconCircleCheck },
} as const satisfies Record<RolloutState, Look>;

export const cohortStates = {
  waiting: { words: 'Waiting its turn', tone: 'calm', icon: IconClock },
  open: { words: 'Open', tone: 'busy', icon: IconPlayerPlay },
  observing: { words: 'Under observation', tone: 'ask', icon: IconEye },
  passed: { words: 'Passed', tone: 'good', icon: IconCircleCheck },
} as const satisfies Record<CohortState, Look>;

export const roundStates = {
  open: { words: 'Open', tone: 'ask', icon: IconMessageQuestion },
  approved: { words: 'Approved', tone: 'good', icon: IconCircleCheck },
  rejected: { words: 'Rejected', tone: 'bad', icon: IconThumbDown },
  'no-answer': { words: 'No answer', tone: 'ask', icon: IconHourglassEmpty },
  superseded: { words: 'Replaced by a newer round', tone: 'off', icon: IconArrowBackUp },
} as const satisfies Record<RoundState, Look>;

export const deploymentStates = {
  claimed: { words: 'Place taken', tone: 'calm', icon: IconCircleDashed },
  dispatching: { words: 'Being ordered', tone: 'busy', icon: IconRocket },
  running: { words: 'Running', tone: 'busy', icon: IconActivity },
  succeeded: { words: 'Succeeded', tone: 'good', icon: IconCircleCheck },
  failed: { words: 'Failed', tone: 'bad', icon: IconCircleX },
  unknown: { words: 'Outcome unknown', tone: 'bad', icon: IconHelpCircle },
} as const satisfies Record<Deployment['state'], Look>;

export const messageStates = {
  planned: { words: 'Planned', tone: 'calm', icon: IconClock },
  queued: { words: 'Queued', tone: 'calm', icon: IconClock },
  sending: { words: 'Sending', tone: 'busy', icon: IconMailFast },
  accepted: { words: 'Accepted', tone: 'good', icon: IconMailCheck },
  delivered: { words: 'Delivered', tone: 'good', icon: IconMailCheck },
  bounced: { words: 'Bounced', tone: 'bad', icon: IconMailOff },
  complained: { words: 'Marked as spam', tone: 'bad', icon: IconMailOff },
  suppressed: { words: 'Suppressed', tone: 'bad', icon: IconMailOff },
  rejected: { words: 'Rejected', tone: 'bad', icon: IconMailOff },
  unknown: { words: 'Unknown', tone: 'ask', icon: IconHelpCircle },
  needs_human: { words: 'Needs a person', tone: 'bad', icon: IconAlertTriangle },
  resent: { words: 'Sent again', tone: 'off', icon: IconArrowBackUp },
  dropped: { words: 'Dropped', tone: 'off', icon: IconBan },
  cancelled: { words: 'Cancelled', tone: 'off', icon: IconBan },
  superseded: { words: 'Replaced', tone: 'off', icon: IconArrowBackUp },
  expired: { words: 'Too late to send', tone: 'off', icon: IconClock },
} as const satisfies Record<MessageStatus, Look>;
