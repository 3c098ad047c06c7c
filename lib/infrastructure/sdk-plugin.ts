import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OnLoadResult, Plugin } from 'esbuild';

/** Sources in which the calls of handlers and of the command line are written. */
const callers = ['lambdas', 'lib'];
/** What neither handlers nor the packaged command line import. */
const apart = /^lib\/(local|infrastructure)\//;

/** The words of our sources that can be the name of a method: each call is written with the name of its operation. */
export const wordsIn = (root: string): ReadonlySet<string> => {
  const files = callers.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .map((file) => `${folder}/${file}`)
      .filter((file) => file.endsWith('.ts') && !apart.test(file)),
  );
  const words = files.flatMap(
    (file) => readFileSync(join(root, file), 'utf8').match(/\b[a-z][A-Za-z0-9]+/g) ?? [],
  );
  return new Set(words);
};

const methodOf = (command: string): string =>
  `${command.charAt(0).toLowerCase()}${command.slice(1)}`;

/** Commands that a module of the SDK imports, and whose methods are called. */
const calledIn = (module: string, words: ReadonlySet<string>): readonly string[] =>
  [...module.matchAll(/^import \{ (\w+)Command,? \} from "\.\/commands\//gm)]
    .flatMap(([, command]) => command ?? [])
    .filter((command) => words.has(methodOf(command)));

const importsOf = (commands: readonly string[]): readonly string[] =>
  commands.map((one) => `import { ${one}Command } from "./commands/${one}Command";`);

/** The class of a service's module that has a method for each command, with the commands alone that are called. */
export const clientOfCalled = (module: string, words: ReadonlySet<string>): string | undefined => {
  const name = /^createAggregatedClient\(commands, (\w+)/m.exec(module)?.[1];
  if (name === undefined) return undefined;
  const commands = calledIn(module, words);
  return [
    'import { createAggregatedClient } from "@smithy/core/client";',
    `import { ${name}Client } from "./${name}Client";`,
    ...importsOf(commands),
    `export class ${name} extends ${name}Client {}`,
    `createAggregatedClient({ ${commands.map((one) => `${one}Command`).join(', ')} }, ${name});`,
  ].join('\n');
};

/** The same of DynamoDB's documents, whose class is written out. */
export const documentsOfCalled = (module: string, words: ReadonlySet<string>): string => {
  const commands = calledIn(module, words);
  const methods = commands.map(
    (one) =>
      `${methodOf(one)}(args, options) { return this.send(new ${one}Command(args), options); }`,
  );
  return [
    'import { DynamoDBDocumentClient } from "./DynamoDBDocumentClient";',
    ...importsOf(commands),
    'export class DynamoDBDocument extends DynamoDBDocumentClient {',
    'static from(client, config) { return new DynamoDBDocument(client, config); }',
    ...methods,
    '}',
  ].join('\n');
};

/**
 * A schema with its keys as texts: to compute a key, even from a constant, may have an effect for all that a bundler
 * knows, and what holds it is never left out.
 */
export const withPlainKeys = (schema: string): string => {
  const constants = new Map(
    [...schema.matchAll(/^const (_\w+) = ("[^"\n]*");$/gm)].map(([, name = '', value = '']) => [
      name,
      value,
    ]),
  );
  return schema.replaceAll(/\[(_\w+)\]:/g, (computed, name: string) => {
    const value = constants.get(name);
    return value === undefined ? computed : `[${value}]:`;
  });
};

/** What Security Hub can hold of each kind of resource: three quarters of its client, of which we say and read nothing. */
const details =
  /^(export var ResourceDetails\$ = \[3, \w+, \w+,\n\s+0,\n)\s+\[.*\],\n\s+\[.*\]\n\];$/m;

/** Security Hub's schema without the members of such details, so that nothing holds the shapes that they have. */
export const withoutDetails = (schema: string): string => schema.replace(details, '$1[], []];');

/**
 * The settings of a client whose calls we make over HTTP/1.1, in which it is the SDK's own handler as well: with that of HTTP/2 each
 * start loads the whole of it.
 */
export const overHttp1 = (settings: string): string =>
  settings.replaceAll('NodeHttp2Handler', 'NodeHttpHandler');

const schemaOf = (path: string): string => {
  const schema = withPlainKeys(readFileSync(path, 'utf8'));
  return /[\\/]client-securityhub[\\/]/.test(path) ? withoutDetails(schema) : schema;
};

const sdk = /[\\/]node_modules[\\/]@aws-sdk[\\/]/;
const js = (contents: string): OnLoadResult => ({ contents, loader: 'js' });

/** Packages of which one class is used. */
const namedAlone: ReadonlyMap<string, string> = new Map([
  ['@aws-sdk/lib-dynamodb', 'DynamoDBDocument'],
  ['@smithy/node-http-handler', 'NodeHttpHandler'],
]);

/** The class that has the methods, of a package that is loaded when it is first asked for. */
const entryOf = (root: string, name: string): string => {
  const folder = join(root, 'node_modules', name, 'dist-es');
  const alone = namedAlone.get(name);
  if (alone !== undefined) return `export { ${alone} } from "${name}";`;
  const own = readdirSync(folder).find((file) => {
    const path = join(folder, file);
    return /^\w+\.js$/.test(file) && readFileSync(path, 'utf8').includes('createAggregatedClient(');
  });
  if (own === undefined) throw new Error(`${name} has no client of all its commands`);
  const client = own.replace(/\.js$/, '');
  return `export { ${client}, ${client}Client } from "${name}";`;
};

/**
 * Leaves out of the SDK what is never called: of each client the commands, and with them their schemas. A client's
 * package says that its modules have no effects; what keeps them all is a class with every command, a dynamic import
 * of the whole package, and schemas whose keys are computed.
 */
export const sdkPlugin = (root: string): Plugin => ({
  name: 'sdk-of-what-is-called',
  setup({ onResolve, onLoad }) {
    const words = wordsIn(root);
    const entry = /^(@aws-sdk\/(client-[\w-]+|lib-dynamodb)|@smithy\/node-http-handler)$/;
    onResolve({ filter: entry }, ({ path, kind }) =>
      kind === 'dynamic-import' ? { path, namespace: 'sdk-entry' } : undefined,
    );
    onLoad({ filter: entry, namespace: 'sdk-entry' }, ({ path }) => ({
      ...js(entryOf(root, path)),
      resolveDir: root,
    }));
    onLoad({ filter: /[\\/]dist-es[\\/][A-Z]\w*\.js$/ }, ({ path }) => {
      if (!sdk.test(path)) return undefined;
      const module = readFileSync(path, 'utf8');
      if (path.endsWith('DynamoDBDocument.js')) return js(documentsOfCalled(module, words));
      const called = clientOfCalled(module, words);
      return called === undefined ? undefined : js(called);
    });
    onLoad({ filter: /[\\/]client-kinesis[\\/]dist-es[\\/]runtimeConfig\.js$/ }, ({ path }) =>
      js(overHttp1(readFileSync(path, 'utf8'))),
    );
    onLoad({ filter: /[\\/]schemas[\\/]schemas_\d+\.js$/ }, ({ path }) =>
      sdk.test(path) ? js(schemaOf(path)) : undefined,
    );
  },
});
