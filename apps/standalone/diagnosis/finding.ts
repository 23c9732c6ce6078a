/** One thing that was looked at. */
export interface Finding {
  readonly verdict: 'fine' | 'look' | 'wrong';
  readonly about: string;
  readonly says: string;
}
