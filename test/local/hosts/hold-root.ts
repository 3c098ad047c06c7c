import { overlayRoot } from '../../../lib/local/hosts/overlay-root.ts';

// A program that keeps a root, with a process in it, until it is killed: its argument is the base.
const root = await overlayRoot(process.argv[2] ?? '');
await root.run('sleep 4321 &');
console.log(root.path);
setInterval(() => {}, 1000);
