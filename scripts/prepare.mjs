// Plain Node without dependencies: it runs before they are installed.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const oldestNode = 20;

const packagesOf = (file) => {
  try {
    return JSON.parse(readFileSync(`${root}/${file}`, 'utf8')).packages;
  } catch {
    return undefined;
  }
};

/** Whether node_modules holds each package of the lockfile in its version. */
const isInstalled = () => {
  const wanted = Object.entries(packagesOf('package-lock.json') ?? {});
  const installed = packagesOf('node_modules/.package-lock.json');
  return wanted.every(
    ([path, { version, optional, devOptional }]) =>
      path === '' || optional || devOptional || installed?.[path]?.version === version,
  );
};

const stop = (sentence) => {
  console.error(sentence);
  process.exit(2);
};

if (Number(process.versions.node.split('.')[0]) < oldestNode)
  stop(`Plumbline needs Node ${oldestNode} or newer; this is ${process.versions.node}.`);

/** npm says nothing while it works: on a terminal one line says that it goes on. */
const install = async () => {
  const packages = Object.keys(packagesOf('package-lock.json') ?? {}).length;
  console.error(
    `Installing ${packages} node modules of package-lock.json, about 570 MB: a minute or two, once.`,
  );
  const start = Date.now();
  const seconds = () => Math.round((Date.now() - start) / 1000);
  const { stderr } = process;
  const say = () => stderr.write(`\r  still installing, ${seconds()} s`);
  const timer = stderr.isTTY ? setInterval(say, 1000) : undefined;
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  // `npm install --global` of this package asks for it: its environment says global to every npm below.
  const args = ['ci', '--no-global', '--include=dev', '--ignore-scripts', '--no-progress'];
  const child = spawn(npm, args, {
    cwd: root,
    stdio: ['ignore', 2, 'inherit'],
    shell: process.platform === 'win32',
  });
  try {
    const [status] = await once(child, 'close');
    if (status !== 0) stop('npm ci failed; what it said stands above.');
  } catch ({ message }) {
    stop(`npm could not be started: ${message}.`);
  } finally {
    clearInterval(timer);
    if (stderr.isTTY) stderr.write('\r\x1b[K');
  }
  console.error(`Installed in ${seconds()} s.`);
};

if (!isInstalled()) await install();
