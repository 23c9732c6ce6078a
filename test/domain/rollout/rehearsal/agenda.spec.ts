import fc from 'fast-check';
import { Agenda } from '../../../../domain/rollout/rehearsal/agenda.ts';

it('takes events out in the order of time, and of their entry at one instant', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 60 }), (times) => {
      const agenda = new Agenda<number>();
      for (const [index, at] of times.entries()) agenda.add(at, index);
      const taken: number[] = [];
      for (let next = agenda.take(); next !== null; next = agenda.take()) taken.push(next.event);
      const wanted = [...times.keys()].sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0) || a - b);
      expect(taken).toEqual(wanted);
    }),
  );
});

it('stays in order while events are added in between', () => {
  const agenda = new Agenda<string>();
  agenda.add(5, 'later');
  agenda.add(1, 'first');

  expect(agenda.take()?.event).toBe('first');
  agenda.add(3, 'between');
  expect([agenda.take()?.event, agenda.take()?.event, agenda.take()]).toEqual([
    'between',
    'later',
    null,
  ]);
});
