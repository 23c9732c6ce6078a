import { supportLevelNamed } from '../../../domain/client/support-levels.ts';

it('tells a client the channels it has, in its language', () => {
  expect(supportLevelNamed('premium').channels.en).toContain('phone');
  expect(supportLevelNamed('standard-plus').channels.fr).toBe('courriel ou clavardage');
});

it.each([null, 'unheard-of'])('gives %s what every client has', (name) => {
  expect(supportLevelNamed(name).channels.en).toBe('e-mail');
});
