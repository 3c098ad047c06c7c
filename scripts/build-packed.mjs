// npm runs this script, `prepare`, when it packs the folder: for a release, and of a git dependency, which is how
// pre-commit installs the hook. It runs it after `npm ci` and `npm install` in a checkout too, where nothing is to be
// built. Only who packs says from where (`npm_package_resolved`, lib/dir.js of pacote). Of a git dependency npm first
// installs in the clone what that needs, by an npm of its own that `_PACOTE_NO_PREPARE_` tells (lib/git.js): with
// `--global` that one packs too, and installs nothing in the clone.
import { spawnSync } from 'node:child_process';

const { npm_package_resolved: packed, _PACOTE_NO_PREPARE_: preparing } = process.env;
if (packed !== undefined && preparing === undefined) {
  await import('./prepare.mjs');
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/build.ts'], {
    stdio: 'inherit',
  });
  process.exitCode = status ?? 1;
}
