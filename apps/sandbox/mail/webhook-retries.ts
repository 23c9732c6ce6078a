import type { MailSettings } from './mail-world.ts';
import type { WebhookTrigger } from './records.ts';

/** Minutes between the tries, in the three published readings that contradict each other. */
const short = [1, 5, 15];
const six = [1, 5, 10, 10, 10, 15];
const ten = [1, 5, 10, 10, 10, 15, 30, 60, 120, 360];

/** The waits, in minutes, after the first try and each further one. */
export function retryMinutes(
  reading: MailSettings['webhookRetries'],
  trigger: WebhookTrigger,
): readonly number[] {
  if (reading === 'A') return six;
  if (reading === 'C') return ten;
  return trigger === 'Bounce' || trigger === 'SpamComplaint' ? ten : short;
}

/** What an answer means for an event; status 0 stands for no answer. Only 200 is success. */
export function judgeAnswer(
  reading: MailSettings['webhookRetries'],
  status: number,
): 'arrived' | 'again' | 'lost' {
  if (status === 200) return 'arrived';
  if (reading !== 'A') return status === 403 ? 'lost' : 'again';
  const refused = status >= 400 && status < 500 && status !== 408 && status !== 429;
  return refused ? 'lost' : 'again';
}
