import { basename } from 'node:path';
import type { Recognised } from '../check/format.ts';

/** What is rendered first, is about a Dockerfile, or is a program or data of that name. */
const otherwise =
  /\.(?:dockerignore|containerignore|j2|jinja2?|erb|tmpl|tpl|template|in|md|txt|html?|[cm]?[jt]sx?|py|rb|go|rs|java|kt|cs|php|sh|json|ya?ml|toml|xml|css|snap|lock|test)$/i;

/** Whether a file is one by its name. */
const isDockerfileName = (name: string): boolean =>
  !otherwise.test(name) &&
  (/^(?:Dockerfile|Containerfile)(?:[.-][\w.-]+)?$/i.test(name) ||
    /\.(?:dockerfile|containerfile)$/i.test(name));

const instruction = /^[ \t]*(?:FROM|ARG)[ \t]+\S/i;
const passedOver = /^[ \t]*(?:#.*)?$/;

/** Cheap: whether a text is a Dockerfile. By itself it begins with an instruction that may come first. */
const isDockerfile = (path: string, text: string): boolean => {
  if (isDockerfileName(basename(path))) return true;
  const first = text
    .slice(0, 20_000)
    .split(/\r?\n/)
    .find((line) => !passedOver.test(line));
  return instruction.test(first ?? '') && /^[ \t]*FROM[ \t]+\S/im.test(text);
};

export const recognised: Recognised = { isNamed: isDockerfileName, recognises: isDockerfile };
