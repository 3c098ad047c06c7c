import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type RunOptions, type RunResult, runInGuest } from './guest.ts';

export interface AgentRun extends RunOptions {
  readonly instanceId: string;
  readonly commandId: string;
  /** The name of the document's step. */
  readonly step?: string;
}

/** What GetCommandInvocation can tell, in bytes; the agent cuts what a step wrote and says so at its end. */
const limits = { stdout: 24_000, stderr: 8_000 } as const;
const suffix = Buffer.from('--output truncated--');

const cutAt = (limit: number) => (text: Buffer) =>
  text.length < limit ? text : Buffer.concat([text.subarray(0, limit - suffix.length), suffix]);

/**
 * Runs a script as the SSM agent runs a step of a Command document: from a file, by sh, in /usr/bin; until nothing holds
 * its output any more, as the agent does, or until its time is over.
 */
export const runAsAgent = async (
  root: string,
  enter: readonly string[],
  script: string,
  { instanceId, commandId, step = 'runShellScript', ...options }: AgentRun,
): Promise<RunResult> => {
  const folder = `/var/lib/amazon/ssm/${instanceId}/document/orchestration/${commandId}/${step}`;
  await mkdir(join(root, folder), { recursive: true, mode: 0o700 });
  await writeFile(join(root, folder, '_script.sh'), script, { mode: 0o700 });
  const environment = {
    ...options.environment,
    ...(await platformOf(root)),
    AWS_SSM_INSTANCE_ID: instanceId,
    AWS_SSM_REGION_NAME: 'us-east-1',
    SSM_COMMAND_ID: commandId,
  };
  return runInGuest(
    {
      enter,
      command: ['env', '--chdir=/usr/bin', 'sh', '-c', `${folder}/_script.sh`],
      waitsForOutput: true,
      cut: { stdout: cutAt(limits.stdout), stderr: cutAt(limits.stderr) },
    },
    { ...options, environment },
  );
};

const platformOf = async (root: string) => {
  const release = await readFile(join(root, 'usr/lib/os-release'), 'utf8').catch(() => '');
  const [name = '', version = ''] = ['NAME', 'VERSION_ID'].map(
    (key) => new RegExp(`^${key}="?([^"\n]*)`, 'm').exec(release)?.[1],
  );
  return { AWS_SSM_PLATFORM_NAME: name, AWS_SSM_PLATFORM_VERSION: version };
};
