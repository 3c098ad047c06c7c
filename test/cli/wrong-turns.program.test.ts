import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer as createHttp } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { plumbline, program } from './run.ts';

const keys = { AWS_ACCESS_KEY_ID: 'testing', AWS_SECRET_ACCESS_KEY: 'testing' };
type Server = ReturnType<typeof createServer> | ReturnType<typeof createHttp>;

const listening = async (server: Server): Promise<string> => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};
const inShell = async (command: string) => {
  const child = spawn('bash', ['-c', command, process.execPath, resolve('bin/plumbline.cjs')]);
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const [code] = await once(child, 'close');
  return { code, stderr };
};
const scanAt = (endpoint: string, env: Readonly<Record<string, string>> = keys) =>
  plumbline(['scan', '--control', 'S3.8'], { ...env, AWS_ENDPOINT_URL: endpoint });

describe('a wrong turn gets one sentence and exit code 2', () => {
  let servers: Server[] = [];
  afterEach(() => {
    for (const server of servers) {
      server.close();
      if ('closeAllConnections' in server) server.closeAllConnections();
    }
    servers = [];
  });

  it('an endpoint that takes the connection and never answers', async () => {
    const open = new Set<{ destroy(): void }>();
    const server = createServer((socket) => open.add(socket));
    servers.push(server);
    const url = await listening(server);
    const start = performance.now();
    const { code, stdout, stderr } = await scanAt(url);
    for (const socket of open) socket.destroy();
    expect(stderr).toBe(
      `${url} took the connection and did not answer within 5 s (2 tries): check AWS_ENDPOINT_URL, proxy and network.\n`,
    );
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(performance.now() - start).toBeLessThan(45_000);
  });

  it('an endpoint that is no AWS', async () => {
    const server = createHttp((_, response) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end('<!doctype html><html><body>It works</body></html>');
    });
    servers.push(server);
    const url = await listening(server);
    const { code, stdout, stderr } = await scanAt(url);
    expect(stderr).toBe(`${url} answers, but not as AWS does: check AWS_ENDPOINT_URL.\n`);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  it('an endpoint without a scheme', async () => {
    const { code, stderr } = await scanAt('127.0.0.1:4566');
    expect(stderr).toBe(
      'AWS_ENDPOINT_URL is 127.0.0.1:4566; it must be a URL such as http://127.0.0.1:4566.\n',
    );
    expect(code).toBe(2);
  });

  it('a scheme that no call is sent by', async () => {
    const { code, stderr } = await scanAt('ftp://127.0.0.1:4566');
    expect(stderr).toBe(
      'AWS_ENDPOINT_URL is ftp://127.0.0.1:4566; it must be a URL such as http://127.0.0.1:4566.\n',
    );
    expect(code).toBe(2);
  });

  // Errors of the system lose their code between the realms of Jest.
  const atEndpoint = (url: string) =>
    program(['scan', '--control', 'S3.8'], { ...keys, AWS_ENDPOINT_URL: url });

  it('TLS where plain HTTP is spoken', async () => {
    const server = createHttp((_, response) => response.end());
    servers.push(server);
    const url = (await listening(server)).replace('http:', 'https:');
    const { code, stderr } = await atEndpoint(url);
    expect(stderr).toMatch(/^https:\S+ could not be asked over TLS \(\w+\): check /);
    expect(code).toBe(2);
  });

  it('a host that there is not', async () => {
    const { code, stderr } = await atEndpoint('http://no.such.host.invalid:4566');
    expect(stderr).toMatch(/^There is no host no\.such\.host\.invalid \((ENOTFOUND|EAI_AGAIN)\): /);
    expect(code).toBe(2);
  });

  it('a profile that is not there', async () => {
    const { code, stderr } = await plumbline(['scan'], { AWS_PROFILE: 'nope' });
    expect(stderr).toMatch(/^The AWS profile nope gives no credentials: .*\n$/);
    expect(code).toBe(2);
  });

  it('a file of credentials that is wrong', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'plumbline-profile-'));
    const config = join(folder, 'config');
    await writeFile(
      config,
      '[default]\nsso_session = x\nsso_account_id = 123456789012\nsso_role_name = R\n',
    );
    const how =
      'check the files config and credentials below ~/.aws, and what AWS_PROFILE and AWS_WEB_IDENTITY_TOKEN_FILE name.\n';
    const ofSession = await plumbline(['scan'], { AWS_CONFIG_FILE: config });
    const ofToken = await plumbline(['scan'], {
      AWS_WEB_IDENTITY_TOKEN_FILE: join(folder, 'token'),
      AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/ci',
    });
    await rm(folder, { recursive: true });
    expect([ofSession.code, ofSession.stderr]).toEqual([
      2,
      `The AWS credentials cannot be read (something is missing in a profile): ${how}`,
    ]);
    expect(ofToken.code).toBe(2);
    expect(ofToken.stderr).toMatch(
      /^The AWS credentials cannot be read \((Error: )?ENOENT: .*token'\): /,
    );
  });

  it('no credentials for an endpoint on this machine, at once', async () => {
    const start = performance.now();
    const { code, stderr } = await program(['scan', '--control', 'S3.8'], {
      AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
      AWS_EC2_METADATA_DISABLED: '',
    });
    expect(stderr).toMatch(/^No usable AWS credentials were found .*\n$/);
    expect(code).toBe(2);
    expect(performance.now() - start).toBeLessThan(9_000);
  });

  const mistakes: Record<string, [args: string[], sentence: string]> = {
    'an option that is spelt wrong': [
      ['scan', '--regoin', 'eu-west-1'],
      'there is no option --regoin; did you mean --region?',
    ],
    'a number below zero': [
      ['actions', '--most', '-1'],
      '--most is a whole number from 1 to 1000, not -1',
    ],
    'two letters that changed places': [
      ['scna'],
      'plumbline has no command scna; did you mean scan?',
    ],
    'a control of Security Hub that we do not have': [
      ['explain', 'waf.1'],
      'WAF.1 is a control of Security Hub that Plumbline does not have; npx --no-install plumbline controls lists those that it has',
    ],
    'a control that nobody has': [
      ['explain', 'S38'],
      'there is no control S38; did you mean S3.8?',
    ],
    'a report that cannot be written, before anything is read': [
      ['scan', '--out', '/proc/nope'],
      '/proc/nope: it cannot be made: is its folder there?',
    ],
    'an option without its value': [
      ['scan', '--region'],
      '--region needs a value, such as --region=value; see --help',
    ],
    'an option twice, of which one would not count': [
      ['check', 'a.yaml', '--fail-on', 'high', '--fail-on', 'low'],
      '--fail-on is given twice: give it once',
    ],
    'a file whose name looks like an option': [
      ['check', '-a.yaml'],
      'there is no option -a; a name that begins with - is given behind --; see --help',
    ],
    'a form that no patch has': [
      ['check', 'a.yaml', '--patch', '--format', 'sarif'],
      '--patch prints a diff, or JSON with --json: leave --format sarif out',
    ],
    'a report over what it is made of': [
      ['report', '--standard', 'fsbp-1.0.0', '--scan', 'scan.json', '--out', './scan.json'],
      '--out ./scan.json would be written over a file that is named too: give it another name',
    ],
    'a dash in the place of a file': [
      ['scan', '--out', '-'],
      '--out - names no file: leave --out out, and it is printed',
    ],
    'the same of another report': [
      ['check', 'a.yaml', '--also', 'sarif=-'],
      '--also is sarif=-; give a format and a file, such as sarif=plumbline.sarif',
    ],
    'a folder that cannot be made': [
      ['documents', '--out', '/proc/nope'],
      '/proc/nope: it cannot be made: is its folder there?',
    ],
    'no account': [
      ['member-template'],
      "the baseline names no other account: name it, such as accounts: ['444455556666'], and deploy first",
    ],
    'what is no id of an action, before its confirmation is asked for': [
      ['undo', 'foo'],
      'foo is not the id of an action: an id is pl- and 20 characters, each 0-9 or a-f; npx --no-install plumbline actions lists the actions',
    ],
    'the same of an action that is shown': [
      ['action', 'foo'],
      'foo is not the id of an action: an id is pl- and 20 characters, each 0-9 or a-f; npx --no-install plumbline actions lists the actions',
    ],
    'a control that nobody has, before AWS is asked for its breaker': [
      ['breakers', 'close', 'S38'],
      'there is no control S38; did you mean S3.8?',
    ],
    'the same for its exemption': [
      ['exemptions', 'add', 'x', 'S38', '--owner', 'a', '--reason', 'b', '--expires', '2999-01-01'],
      'there is no control S38; did you mean S3.8?',
    ],
    'a checklist that there is not': [
      ['checklist', 'foo'],
      'there is no checklist foo; allowed: pre, post, or a YAML file',
    ],
    'no folder': [['documents'], '--out is missing; give a folder, such as --out documents'],
    'a file for a folder': [
      ['documents', '--out', '/dev/null/documents'],
      '/dev/null/documents: a part of the path is not a folder',
    ],
  };
  it.each(Object.entries(mistakes))('%s', async (_, [args, sentence]) => {
    const { code, stdout, stderr } = await plumbline(args);
    expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: `${sentence}\n` });
  });

  it('a reader that has seen enough changes no exit code', async () => {
    const template = 'Resources: { B: { Type: AWS::S3::Bucket } }';
    const child = spawn(process.execPath, ['bin/plumbline.cjs', 'check', '-'], { stdio: 'pipe' });
    child.stdout.destroy();
    child.stderr.destroy();
    child.stdin.end(template);
    expect(await once(child, 'exit')).toEqual([1, null]);
  });

  it('nor is a pipe that nobody reads any more, in the place of a file, a fault', async () => {
    const command = '"$0" bin/plumbline.cjs check test/templates/examples --also sarif=/dev/stdout';
    const child = spawn('bash', ['-c', `set -o pipefail; ${command} | :`, process.execPath]);
    let stderr = '';
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    expect(await once(child, 'close')).toEqual([2, null]);
    expect(stderr).toContain('whoever read it has ended');
  });

  it('says that the disk is full', async () => {
    const { code, stderr } = await inShell('"$0" "$1" --version > /dev/full');
    expect([code, stderr]).toEqual([2, 'The output could not be written: the disk is full.\n']);
  });

  it('is started in a folder that somebody removed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'plumbline-removed-'));
    const { code, stderr } = await inShell(`cd ${folder} && rmdir ${folder} && "$0" "$1" check a`);
    expect([code, stderr]).toEqual([
      2,
      'The current folder is not there any more: change to another one.\n',
    ]);
  });

  it('help of a command is its --help', async () => {
    expect(await plumbline(['help', 'scan'])).toEqual(await plumbline(['scan', '--help']));
  });
});
