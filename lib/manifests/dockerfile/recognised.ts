import { basename } from 'node:path';
import type { Recognised } from '../check/format.ts';

/** Endings of files that are no Dockerfile in spite of their name: templates, documentation, programs, data. */
const otherwise =
  /\.(?:dockerignore|containerignore|j2|jinja2?|erb|tmpl|tpl|template|in|md|txt|html?|[cm]?[jt]sx?|py|rb|go|rs|java|kt|cs|php|sh|json|ya?ml|toml|xml|css|snap|lock|test)$/i;

/** Whether a name is that of a Dockerfile. */
const isDockerfileName = (name: string): boolean =>
  !otherwise.test(name) &&
  (/^(?:Dockerfile|Containerfile)(?:[.-][\w.-]+)?$/i.test(name) ||
    /\.(?:dockerfile|containerfile)$/i.test(name));

const instruction = /^[ \t]*(?:FROM|ARG)[ \t]+\S/i;
const passedOver = /^[ \t]*(?:#.*)?$/;

/** Whether a file is a Dockerfile, by its name, or by an instruction that may come first. A cheap look, no parser. */
const isDockerfile = (path: string, text: string): boolean => {
  if (isDockerfileName(basename(path))) return true;
  const first = text
    .slice(0, 20_000)
    .split(/\r?\n/)
    .find((line) => !passedOver.test(line));
  return instruction.test(first ?? '') && /^[ \t]*FROM[ \t]+\S/im.test(text);
};

export const recognised: Recognised = { isNamed: isDockerfileName, recognises: isDockerfile };
