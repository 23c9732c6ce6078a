import { fileFromTarball } from './archives.ts';
import type { TemporalExecutable } from './executables.ts';

const answerTimeoutMs = 5_000;
const downloadTimeoutMs = 120_000;

/** Fetches the file as Temporal's SDK would, but gives up after five seconds without an answer. */
export async function downloadFromTemporal(wanted: TemporalExecutable): Promise<Buffer> {
  const query = new URLSearchParams({
    arch: process.arch === 'x64' ? 'amd64' : process.arch,
    platform: process.platform === 'win32' ? 'windows' : process.platform,
    format: 'tar.gz',
  });
  const info = await fetch(`https://temporal.download/${wanted.download}?${query.toString()}`, {
    signal: AbortSignal.timeout(answerTimeoutMs),
  });
  if (!info.ok) throw new Error(`temporal.download answered ${info.status}`);
  const { archiveUrl, fileToExtract } = (await info.json()) as DownloadInfo;
  const archive = await fetchWithin(archiveUrl);
  return fileFromTarball(archive, fileToExtract);
}

/** The limit of five seconds is for the first byte; a slow line may take longer for the rest. */
async function fetchWithin(url: string): Promise<Buffer> {
  const whole = new AbortController();
  const firstByte = setTimeout(() => {
    whole.abort(new Error(`no answer within ${answerTimeoutMs / 1_000} s`));
  }, answerTimeoutMs);
  const rest = setTimeout(() => {
    whole.abort(new Error(`not complete within ${downloadTimeoutMs / 1_000} s`));
  }, downloadTimeoutMs);
  try {
    const response = await fetch(url, { signal: whole.signal });
    clearTimeout(firstByte);
    if (!response.ok) throw new Error(`the download answered ${response.status}`);
    return Buffer.from(await response.arrayBuffer());
  } finally {
    clearTimeout(firstByte);
    clearTimeout(rest);
  }
}

interface DownloadInfo {
  readonly archiveUrl: string;
  readonly fileToExtract: string;
}
