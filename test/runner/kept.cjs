// Where TypeScript without its types is kept, by its content: the code, and beside it the map of its lines.
const { createHash } = require('node:crypto');
const { join } = require('node:path');
const { version } = require('@swc/core');

const folder = join(__dirname, '..', '..', 'node_modules', '.cache', 'loaded');
const fileOf = (path, source) =>
  join(folder, `${createHash('sha1').update(`${version}\n${path}\n${source}`).digest('hex')}.js`);

module.exports = { folder, fileOf };
