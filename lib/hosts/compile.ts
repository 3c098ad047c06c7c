import { createHash } from 'node:crypto';
import { bare, inOrder, linesOf } from './shell.ts';

/**
 * "The content of the document must not exceed 64KB. This quota also includes the content specified for input parameters
 * at runtime." https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CreateDocument.html
 * Whether its KB has 1,000 bytes is not said. A script takes no value of more than 1,024 characters, and two of its
 * parameters may be that long.
 */
export const maxBytes = 64_000 - 2 * 1024;

export interface DocumentParameter {
  readonly description: string;
  readonly default: string;
  /** What a value must match as a whole: read by SSM, and by bash as an extended regular expression. */
  readonly pattern: string;
}
/** What one SSM document is made of. */
export interface DocumentSource {
  readonly name: `Plumbline-${string}`;
  readonly description: string;
  readonly parameters: Readonly<Record<string, DocumentParameter>>;
  /** Files of the shell library, without `prelude` and what they need themselves. */
  readonly parts: readonly string[];
  /** What runs after the parameters were read into `SSM_VALUE`. */
  readonly body: readonly string[];
  readonly timeoutSeconds: number;
}
/** What stands in a script: lines of its own, or all of a part of the shell library, which other scripts have as well. */
export interface ScriptPiece {
  /** `kinds/sshd`. @default - lines of this script alone */
  readonly part?: string;
  readonly text: string;
}
export interface HostDocument {
  readonly name: string;
  /** JSON, as CreateDocument takes it. */
  readonly content: string;
  /** Its script: joined by line breaks, the `runCommand` of its content. */
  readonly script: readonly ScriptPiece[];
  /** What the document calls itself in its output: the hash of its content without this very hash. */
  readonly hash: string;
  /** The hash that SendCommand compares (`DocumentHash`, of type Sha256). */
  readonly sha256: string;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const assembled = (
  source: DocumentSource,
  hash: string,
  shape: (lines: readonly string[]) => readonly string[],
  preamble: readonly string[],
): readonly ScriptPiece[] => {
  const own = (lines: readonly string[]) => ({ text: lines.join('\n') });
  const ofPart = (part: string) => ({ part, text: shape(linesOf(part)).join('\n') });
  const [prelude = '', ...parts] = inOrder(['prelude', ...source.parts]);
  return [
    // The agent writes the lines to a file that sh starts: only a first line as this one makes it bash.
    own(['#!/bin/bash', `DOCUMENT=${hash}`]),
    ofPart(prelude),
    own(shape(preamble)),
    ...parts.map(ofPart),
    own(shape(source.body)),
  ].filter(({ text }) => text !== '');
};
const joined = (pieces: readonly ScriptPiece[]): string =>
  pieces.map(({ text }) => text).join('\n');

/** The script with its comments, for people and for shellcheck; a preamble stands after the prelude. */
export const readableScript = (source: DocumentSource, preamble: readonly string[] = []): string =>
  `${joined(assembled(source, 'unhashed', (lines) => lines, preamble))}\n`;

/** The script as hosts get it; tests evaluate a folder by a preamble that sets ROOT. */
export const scriptOf = (
  source: DocumentSource,
  hash: string,
  preamble: readonly string[] = [],
): string => `${joined(assembled(source, hash, bare, preamble))}\n`;

const contentOf = (source: DocumentSource, hash: string): string =>
  JSON.stringify({
    schemaVersion: '2.2',
    description: source.description,
    parameters: Object.fromEntries(
      Object.entries(source.parameters).map(([name, { description, default: value, pattern }]) => [
        name,
        {
          type: 'String',
          description,
          default: value,
          allowedPattern: `^(${pattern})$`,
          interpolationType: 'ENV_VAR',
        },
      ]),
    ),
    mainSteps: [
      {
        action: 'aws:runShellScript',
        name: 'plumbline',
        precondition: { StringEquals: ['platformType', 'Linux'] },
        inputs: {
          timeoutSeconds: String(source.timeoutSeconds),
          // One item of many lines is shorter than an item a line.
          runCommand: [scriptOf(source, hash).trimEnd()],
        },
      },
    ],
  });

const check = ({ name }: DocumentSource, content: string): void => {
  const bytes = Buffer.byteLength(content);
  if (bytes > maxBytes)
    throw new Error(`${name} has ${bytes} bytes; allowed: ${maxBytes} (SSM itself takes 65536)`);
  // An agent that knows no environment variables would put parameters there, and SSM refuses unknown names.
  if (content.includes('{{')) throw new Error(`${name} has {{ in it, which SSM would fill in`);
};

export const compile = (source: DocumentSource): HostDocument => {
  const hash = sha256(contentOf(source, ''));
  const content = contentOf(source, hash);
  check(source, content);
  const script = assembled(source, hash, bare, []);
  return { name: source.name, content, script, hash, sha256: sha256(content) };
};
