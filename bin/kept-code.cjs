// What V8 compiles of the package is kept in the user's own cache, so that the next start need not compile it. `check`
// alone is loaded from here, by docs/adr/0723: Node 20 keeps nothing, and later ones only what runs at once.
const {
  accessSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} = require('node:fs');
const { homedir } = require('node:os');
const { basename, isAbsolute, join } = require('node:path');
const { cachedDataVersionTag } = require('node:v8');
const { Script } = require('node:vm');
const { crc32 } = require('node:zlib');

/**
 * Whether nobody else can write there: what others could put into a cache of code would run here. No link is followed: others
 * could make one that leads into a folder of the user's, as a checkout with files of theirs.
 */
const isOwn = (folder) => {
  if (process.getuid === undefined) return true;
  const found = lstatSync(folder);
  return found.isDirectory() && found.uid === process.getuid() && (found.mode & 0o022) === 0;
};
/** One by one: where a system makes no folder and says that the one above is not there, `recursive` tries for ever. */
const make = (folder) => {
  if (!existsSync(folder)) mkdirSync(folder, { mode: 0o700 });
};
/** A folder of that name in the user's cache; `undefined` where there is none that can be used: each start compiles. */
const ownFolder = (name) => {
  if (process.env.NODE_DISABLE_COMPILE_CACHE) return undefined;
  try {
    const caches = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
    if (!isAbsolute(caches)) return undefined;
    const kept = join(caches, 'plumbline');
    const folder = join(kept, name);
    const folders = [caches, kept, folder];
    for (const one of folders) make(one);
    return folders.every(isOwn) ? folder : undefined;
  } catch {
    return undefined;
  }
};

/** Of the same V8 and flags a corrected Node may still refuse what the one before made: nodejs/node#62781. */
const versionNow = () =>
  `${process.version}-${process.arch}-${cachedDataVersionTag().toString(16)}`;

/** The last bytes of a file are a sum of its name, its source and what is kept: V8 checks little, and would crash. */
const sumBytes = 4;
const sumOf = (name, source, data) => {
  const sum = Buffer.alloc(sumBytes);
  sum.writeUInt32LE(crc32(data, crc32(source, crc32(name))));
  return sum;
};
const keptIn = (path, source) => {
  try {
    const bytes = readFileSync(path);
    const data = bytes.subarray(0, -sumBytes);
    return sumOf(basename(path), source, data).equals(bytes.subarray(-sumBytes)) ? data : undefined;
  } catch {
    return undefined;
  }
};
const keep = (path, source, data) => {
  const written = `${path}-${process.pid}-${process.hrtime.bigint()}`;
  try {
    const parts = [data, sumOf(basename(path), source, data)];
    writeFileSync(written, Buffer.concat(parts), { mode: 0o600, flag: 'wx' });
    renameSync(written, path);
  } catch (error) {
    rmSync(written, { force: true });
    throw error;
  }
};

/** A run uses 20 to 150 files, of some 100 kB. Those of former versions are the oldest. */
const most = 600;
const removeOld = (folder) => {
  const names = readdirSync(folder);
  if (names.length <= most) return;
  const files = names
    .map((name) => join(folder, name))
    .map((path) => [statSync(path).mtimeMs, path]);
  for (const [, path] of files.sort(([a], [b]) => b - a).slice(most / 2)) rmSync(path);
};

/** @typedef {{ path: string, source: Buffer, version: string, script: Script, isKept: boolean }} Compiled */

/**
 * Keeps what was compiled until now, which has each function that ran. What is kept is replaced whenever a run loads
 * something new: it runs more than the runs before it.
 * @param {readonly Compiled[]} compiled
 */
const keepAll = (folder, compiled) => {
  // Of code that was compiled with other flags V8 would keep those of now.
  const now = versionNow();
  const ours = compiled.filter(({ version }) => version === now);
  if (ours.every(({ isKept }) => isKept)) return;
  try {
    accessSync(folder, constants.W_OK);
    for (const { path, source, script } of ours) keep(path, source, script.createCachedData());
    removeOld(folder);
  } catch {
    // It may not be written to, there is no room, or another process removes the same.
  }
};

/**
 * What a file exports, as data: esbuild gives it by a getter behind a getter, which each call between two files goes
 * through. What has no value yet keeps its getter. What has one may not get another: sources export no `let`.
 */
const asData = (exports) => {
  // Who loads it asks for this.
  const data = Object.defineProperty({}, '__esModule', { value: true });
  for (const name of Object.keys(exports)) {
    const value = exports[name];
    if (value === undefined)
      Object.defineProperty(data, name, { get: () => exports[name], enumerable: true });
    else data[name] = value;
  }
  // V8 makes an object of many properties quick to read where it is a prototype.
  Object.create(data);
  return data;
};

/**
 * Runs a program of several files, which name each other as `./name.cjs` and load nothing else but what Node has. They are
 * compiled by what was kept of them. The program exports `asAtStart`, which sets back for a moment what it changes of V8 later.
 */
const runKept = (root, entry) => {
  const folder = crc32 && ownFolder('check');
  const loaded = new Map();
  const asAtStart = (work) => (loaded.get(entry).exports.asAtStart ?? ((run) => run()))(work);

  const compiled = [];
  if (folder) process.once('exit', () => asAtStart(() => keepAll(folder, compiled)));
  const scriptOf = (filename) => {
    const bytes = readFileSync(filename);
    const source = `(function(exports,require,module,__filename,__dirname){${bytes}\n})`;
    if (!folder) return new Script(source, { filename });
    const version = versionNow();
    const path = join(folder, `${basename(filename)}-${version}-${crc32(bytes).toString(16)}`);
    const cachedData = keptIn(path, bytes);
    const script = new Script(source, { filename, cachedData });
    const isKept = cachedData !== undefined && script.cachedDataRejected === false;
    compiled.push({ path, source: bytes, version, script, isKept });
    return script;
  };
  const load = (id) => {
    if (!id.startsWith('./')) return require(id);
    const known = loaded.get(id);
    if (known) return known.exports;
    const module = { exports: {} };
    loaded.set(id, module);
    const filename = join(root, id);
    const run = asAtStart(() => scriptOf(filename)).runInThisContext();
    run.call(module.exports, module.exports, load, module, filename, root);
    module.exports = asData(module.exports);
    return module.exports;
  };
  load(entry);
};

module.exports = { ownFolder, runKept };
