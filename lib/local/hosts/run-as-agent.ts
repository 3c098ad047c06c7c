import { mkdir, open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type RunOptions, type RunResult, runInGuest } from './guest.ts';

export interface AgentRun extends RunOptions {
  readonly instanceId: string;
  readonly commandId: string;
  /** The name of the document's step. */
  readonly step?: string;
}

// What GetCommandInvocation can tell; the agent reads no more of what a script wrote.
const stdoutLimit = 24_000;
const stderrLimit = 8_000;
const suffix = '--output truncated--';

const cut = (text: string, limit: number) =>
  text.length < limit ? text : text.slice(0, limit - suffix.length) + suffix;

/** Runs a script as the SSM agent runs a step of a Command document: from a file, by sh, with its output in files. */
export const runAsAgent = async (
  root: string,
  enter: readonly string[],
  script: string,
  { instanceId, commandId, step = 'runShellScript', ...options }: AgentRun,
): Promise<RunResult> => {
  const folder = `/var/lib/amazon/ssm/${instanceId}/document/orchestration/${commandId}/awsrunShellScript/${step}`;
  const here = (name: string) => join(root, folder, name);
  await mkdir(join(root, folder), { recursive: true, mode: 0o700 });
  await writeFile(here('_script.sh'), script, { mode: 0o700 });
  const [out, err] = [await open(here('stdout'), 'w'), await open(here('stderr'), 'w')];
  const environment = {
    ...options.environment,
    SSM_COMMAND_ID: commandId,
    AWS_SSM_INSTANCE_ID: instanceId,
    AWS_SSM_REGION_NAME: 'us-east-1',
  };
  try {
    const result = await runInGuest(
      enter,
      ['sh', '-c', `${folder}/_script.sh`],
      { ...options, environment },
      [out.fd, err.fd],
    );
    const stdout = cut(await readFile(here('stdout'), 'utf8'), stdoutLimit);
    const stderr = cut(await readFile(here('stderr'), 'utf8'), stderrLimit);
    return { ...result, stdout, stderr };
  } finally {
    await Promise.all([out.close(), err.close()]);
  }
};
