import { createHash } from 'node:crypto';
import {
  assembleRelease,
  changelogSection,
  notesForClients,
  sandboxBuilds,
} from '../../../../apps/sandbox/sites/builds.ts';
import { digestOf } from '../../../../apps/sandbox/sites/release-files.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

describe('the digest of a release', () => {
  it('is the sha256 over the sorted lines of path, NUL and file hash', () => {
    const files = new Map([
      ['b.txt', Buffer.from('two')],
      ['a/z.txt', Buffer.from('one')],
    ]);

    const digest = digestOf(files);

    const lines = `a/z.txt\0${sha256('one')}\nb.txt\0${sha256('two')}\n`;
    expect(digest).toBe(`sha256:${sha256(lines)}`);
  });

  it('changes with a path as well as with a content', () => {
    const one = digestOf(new Map([['a', Buffer.from('x')]]));

    expect(digestOf(new Map([['b', Buffer.from('x')]]))).not.toBe(one);
    expect(digestOf(new Map([['a', Buffer.from('y')]]))).not.toBe(one);
  });
});

describe('the sandbox builds', () => {
  it('are the two published versions with their own changelog, the newer made from the older', async () => {
    const [older, newer] = await sandboxBuilds();

    expect(older).toMatchObject({ version: '1.9.3', basedOn: null });
    expect(newer).toMatchObject({ version: '1.9.4', basedOn: '1.9.3' });
    expect(newer!.digest).not.toBe(older!.digest);
    expect(older!.notesMarkdown).toContain('Remove internal usage of `L` global');
    expect(newer!.notesMarkdown).toContain('Fix tile gaps in Chromium-based browsers');
    expect(newer!.notesMarkdown).not.toContain('Remove internal usage of `L` global');
  });

  it('have one digest however often they are assembled, and another under another version', async () => {
    const [, newer] = await sandboxBuilds();

    const again = await assembleRelease({ version: '1.9.4', leaflet: '1.9.4' });
    const renamed = await assembleRelease({ version: '1.9.5', leaflet: '1.9.4' });

    expect(digestOf(again)).toBe(newer!.digest);
    expect(digestOf(renamed)).not.toBe(newer!.digest);
  });
});

describe('a section of a changelog', () => {
  const changelog = '# Log\n\n## 1.10.0 (2024)\n\nTen.\n\n## 1.1.0 (2023)\n\n### Fixes\n\n- One.\n';

  it.each([
    ['1.10.0', 'Ten.'],
    ['1.1.0', '### Fixes\n\n- One.'],
  ])('of %s ends at the next version', (version, section) => {
    expect(changelogSection(changelog, version)).toBe(section);
  });

  it('that does not exist is named', () => {
    expect(() => changelogSection(changelog, '1.1')).toThrow('no section for version 1.1');
  });
});

describe('notes for clients', () => {
  it('are the changelog without pull requests, their authors and pictures', () => {
    const section =
      '### 🐞 Bug fixes\n\n- Fix gaps (#1) ([#8891](https://x.example/8891) by [@Ivan](https://x.example/ivan))';

    expect(notesForClients(section)).toBe('### Bug fixes\n\n- Fix gaps (#1)');
  });
});
