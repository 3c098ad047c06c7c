import { existsSync } from 'node:fs';
import { EC2 } from '@aws-sdk/client-ec2';
import { allControls } from '../controls/index.ts';
import { baselineAt } from '../infrastructure/baseline-file.ts';
import { baseRoot } from '../local/hosts/base-root.ts';
import { type DisposableHost, disposableHost } from '../local/hosts/disposable-host.ts';
import { debian12 } from '../local/hosts/distributions.ts';
import { whyNoHosts } from '../local/hosts/trouble.ts';
import type { LocalAws } from '../local/local-aws.ts';
import type { Narrator } from '../local/tour/narrator.ts';
import { UserError } from '../support/user-error.ts';

/** The host of `--host`, while its root is being made and once it is launched. */
export interface LocalHost {
  /** Undefined, and said, where it cannot be made. */
  readonly root: Promise<string | undefined>;
  /** The one host, launched when it is first asked for; undefined, and said, where that fails. */
  launch(aws: LocalAws): Promise<DisposableHost | undefined>;
  /** Ends it, or gives up what is being made of it. */
  stop(): Promise<void>;
}

const takes =
  'a host takes Linux, root, mmdebstrap and systemd-nspawn (packages mmdebstrap and systemd-container), of which apt fetches what is missing';

/** Begins to make the root of a host; undefined, and said, where this machine can have none (`why`). */
export const localHost = async (
  baseline: string | undefined,
  narrator: Narrator,
  why: string | null = whyNoHosts() ?? null,
): Promise<LocalHost | undefined> => {
  if (why !== null) {
    narrator.skipped(`--host: ${why}; ${takes}`);
    return undefined;
  }
  await checkBaseline(baseline);
  const { signal, abort } = abortable();
  const failed = (error: unknown) => {
    if (!signal.aborted) narrator.skipped(`--host: ${sentenceOf(error)}`);
    return undefined;
  };
  const root = baseRoot(debian12, { onStep: narrator.step, signal }).catch(failed);
  let launching: Promise<DisposableHost | undefined> | undefined;
  return {
    root,
    launch: (aws) => {
      launching ??= root
        .then((base) => (base === undefined ? undefined : launched(aws, base)))
        .catch(failed);
      return launching;
    },
    stop: async () => {
      abort();
      await root;
      const host = await launching;
      await host?.stop();
    },
  };
};

const abortable = () => {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
};

const sentenceOf = (error: unknown) =>
  (error instanceof Error ? error.message : String(error)).replaceAll(/\s+/g, ' ');

const launched = ({ url, region, fleet }: LocalAws, base: string) => {
  const credentials = { accessKeyId: 'pipeline', secretAccessKey: 'local' };
  return disposableHost({ ec2: new EC2({ endpoint: url, region, credentials }), fleet, base });
};

/** One's own baseline has to say that hosts are audited. */
const checkBaseline = async (named: string | undefined): Promise<void> => {
  const file = named ?? 'plumbline.yaml';
  if (named === undefined && !existsSync(file)) return;
  const { hosts } = await baselineAt(file, await allControls());
  if (hosts === undefined)
    throw new UserError(`--host needs a baseline that audits hosts: add hosts: true to ${file}`);
};
