import { spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { type DocumentSource, scriptOf } from '../../../lib/hosts/compile.ts';
import { confirmHost } from '../../../lib/hosts/documents/confirm-host.ts';
import { rollbackHost } from '../../../lib/hosts/documents/rollback-host.ts';
import { noInput } from '../audited.ts';
import { type Answer, answerOf, defaults } from './answer.ts';

/** A control as bash: how it is evaluated (`pass`, `fail`), and what it does. */
export interface Trial {
  readonly audit?: string;
  readonly fix: string;
  /** Conditions, and those of the fix. */
  readonly where?: string;
  readonly fixWhere?: string;
  /** Further functions, `packages_trial` for one. */
  readonly more?: string;
}
type Given = Readonly<Record<string, string>>;

/** Tests that need root say so where they are skipped. */
export const describeAsRoot =
  process.getuid?.() === 0
    ? describe
    : (title: string, tests: () => void) => describe.skip(`${title} (skipped: needs root)`, tests);

const parameterLines = [
  'read_parameters() {',
  'AREAS=files',
  "ssm Controls 'all|[A-Z0-9.,]+' && CONTROLS=$REPLY",
  "ssm Parameters 'none' && PARAMETERS=$REPLY GIVEN=$REPLY",
  "ssm DryRun 'yes|no' && DRY=$REPLY",
  "ssm RollbackSeconds '[0-9]+' && TIME_TO_CONFIRM=$REPLY",
  "ssm Install 'yes|no' && INSTALL=$REPLY",
  '}',
  'parameters() { :; }',
];
// Kills the run before its n-th command.
const killer = `if [[ -v KILL_AT ]]; then set -T; COUNT=0; trap '((++COUNT != KILL_AT)) || kill -9 "$BASHPID"' DEBUG; fi
if [[ -v COUNT_TO ]]; then set -T; COUNT=0; trap '((++COUNT)); echo "$COUNT" >"$COUNT_TO"' DEBUG; fi`;

/** A folder in the place of a host; the thousand kernel values of the machine itself say nothing of it. */
export const standingIn = (root: string): readonly string[] => [
  `ROOT=${root}`,
  "sysctl() { echo 'kernel.panic = 0'; }",
];

/** A document with these controls, whatever the area. */
export const trialDocument = (trials: readonly Trial[]): DocumentSource => ({
  name: 'Plumbline-HardenHost-trial',
  description: '',
  parameters: {},
  parts: [
    ...['facts', 'login/trial', 'reload/ssh', 'table', 'modes', 'sysctls', 'units-off', 'install'],
    ...['never/modules', 'never/mounts', 'never/accounts', 'never/auditd', 'harden'],
  ],
  body: [
    ...parameterLines,
    ...trials.flatMap(({ audit = 'fail 0 false trial', fix, more = '' }, index) => [
      `audit_trial${index}() {`,
      ...audit.split('\n'),
      '}',
      `fix_trial${index}() {`,
      ...fix.split('\n'),
      '}',
      ...more.split('\n'),
    ]),
    'controls() {',
    ...trials.map(
      ({ where = '-', fixWhere = '-' }, index) =>
        `harden PL.T.${index + 1} '${where}' '${fixWhere}' trial${index}`,
    ),
    '}',
    'main "$@"',
  ],
  timeoutSeconds: 60,
});

const inside = `
mount --bind /usr "$1/usr" && mount -o remount,bind,ro "$1/usr" || exit 99
root=$1 script=$2
shift 2
eval "$BEFORE"
exec "$script" "$@"`;

/** A folder with the programs of this machine that stands for a host; nothing of the machine itself is touched. */
export class HostFolder {
  readonly path = mkdtempSync('/dev/shm/plumbline-tx-');

  constructor(files: Given = {}) {
    for (const folder of ['etc/systemd/system', 'var/lib', 'run', 'usr', 'root', 'tmp'])
      mkdirSync(join(this.path, folder), { recursive: true });
    for (const name of ['bin', 'sbin', 'lib', 'lib64'])
      symlinkSync(`usr/${name}`, join(this.path, name));
    this.put({
      'etc/os-release': 'ID=debian\nVERSION_ID="12"\n',
      'etc/passwd': 'root:x:0:0:root:/root:/bin/bash\nalice:x:1000:1000::/home/alice:/bin/bash\n',
      'etc/group': 'root:x:0:\nshadow:x:42:\nalice:x:1000:\n',
      'etc/shadow': 'root:*:1::::::\nalice:!:1::::::\n',
      ...files,
    });
  }

  put(files: Given, mode = 0o644): void {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.path, path)), { recursive: true });
      writeFileSync(join(this.path, path), text);
      chmodSync(join(this.path, path), mode);
    }
  }

  harden(
    fix: string | readonly Trial[],
    given: Given & { readonly id?: string } = {},
    environment: Given = {},
  ) {
    const trials = typeof fix === 'string' ? [{ fix }] : fix;
    const { id = randomUUID(), ...rest } = given;
    const answer = this.runDocument(trialDocument(trials), rest, {
      SSM_COMMAND_ID: id,
      ...environment,
    });
    return { id, ...answer };
  }

  confirm(id: string): Answer {
    return this.runDocument(confirmHost, { Id: id });
  }
  rollback(id: string): Answer {
    return this.runDocument(rollbackHost, { Id: id });
  }
  /** What the timer starts. */
  timer(id: string, environment: Given = {}): void {
    const script = join(this.path, 'var/lib/plumbline/backups', id, 'document.sh');
    this.run('/bin/bash', [script, 'rollback', id, 'nobody confirmed in time'], environment);
  }

  /** Starts a document and does not wait for it. */
  start(source: DocumentSource, given: Given, environment: Given = {}): Promise<string> {
    const child = spawn('unshare', this.command(this.fileOf(source)), {
      env: this.environment(given, environment),
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
    });
    return new Promise((resolve) => child.once('close', () => resolve(text)));
  }

  /** Every path with its type, mode, owner, time and content, but what is the transaction's own. */
  listing(): string {
    const own = ['./usr', './run', './var/lib/plumbline'].flatMap((path) => [
      '-path',
      path,
      '-prune',
      '-o',
    ]);
    const show = ['-printf', '%p %M %u:%g %l\\n', '-type', 'f', '-exec', 'sha256sum', '{}', '+'];
    const { stdout } = spawnSync('find', ['.', ...own, ...show], {
      cwd: this.path,
      encoding: 'utf8',
    });
    return stdout.split('\n').sort().join('\n');
  }

  /** The names in the folder of the transaction. */
  state(): readonly string[] {
    return readdirSync(join(this.path, 'var/lib/plumbline'));
  }

  remove(): void {
    for (const id of this.backups()) this.timer(id);
    rmSync(this.path, { recursive: true, force: true });
  }

  run(program: string, args: readonly string[], environment: Given = {}) {
    return spawnSync('unshare', this.command(program, args), {
      env: { ...process.env, BEFORE: ':', ...environment },
      encoding: 'utf8',
      stdio: noInput,
    });
  }

  private backups(): readonly string[] {
    const backups = join(this.path, 'var/lib/plumbline/backups');
    return existsSync(backups) ? readdirSync(backups) : [];
  }

  private command(program: string, args: readonly string[] = []): string[] {
    const apart = ['--mount', '--propagation', 'private'];
    return [...apart, 'bash', '-c', inside, 'bash', this.path, program, ...args];
  }

  private environment(given: Given, environment: Given): NodeJS.ProcessEnv {
    const named = Object.entries(given).map(([name, value]) => [`SSM_${name}`, value]);
    return {
      PATH: process.env['PATH'],
      BEFORE: ':',
      ...Object.fromEntries(named),
      ...environment,
    };
  }

  private fileOf(source: DocumentSource): string {
    const folder = mkdtempSync(join(this.path, 'run/script-'));
    const file = join(folder, '_script.sh');
    writeFileSync(file, scriptOf(source, 'test', [...standingIn(this.path), killer]), {
      mode: 0o700,
    });
    return file;
  }

  private runDocument(source: DocumentSource, given: Given, environment: Given = {}): Answer {
    const { status, stdout, stderr } = spawnSync('unshare', this.command(this.fileOf(source)), {
      env: this.environment({ ...defaults, ...given }, environment),
      encoding: 'utf8',
      stdio: noInput,
    });
    return answerOf(status, stdout, stderr);
  }
}
