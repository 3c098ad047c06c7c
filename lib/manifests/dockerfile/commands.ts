const shell = /^(?:\/\w+)*\/?(?:ba|z|da|k|a|c)?sh$/;
/** `sudo`, `env A=b`, `A=b`, `then` stand before what is run. */
const before = /^(?:sudo|env|exec|time|then|do|else|if|!|-E|[A-Za-z_]\w*=.*)$/;

/** What is run, without what stands before it: also what a shell is told to run by `-c`. */
const bare = (words: readonly string[]): readonly string[] => {
  const first = words.findIndex((word) => !before.test(word));
  if (first === -1) return [];
  const rest = words.slice(first);
  const told = rest.findIndex((word, at) => at > 0 && /^-\w*c$/.test(word));
  const isTold =
    shell.test(rest[0] ?? '') &&
    told > 0 &&
    rest.slice(1, told).every((word) => /^[-+]|^pipefail$/.test(word));
  return isTold ? bare(rest.slice(told + 1)) : rest;
};

/** The programs that a shell is asked to run, each as its words. */
export const commandsIn = (script: string): readonly (readonly string[])[] =>
  script
    .replaceAll(/\$\{[^}]{0,500}\}/g, '$V')
    .split(/&&|\|\||[;|\n(){}]|(?<!&)&(?!&)/)
    .map((one) =>
      one
        .trim()
        .split(/\s+/)
        .map((word) => word.replaceAll(/^["']|["']$/g, ''))
        .filter((word) => word !== ''),
    )
    .map(bare)
    .filter(({ length }) => length > 0);
