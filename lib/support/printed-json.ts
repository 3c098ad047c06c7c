import { commandAnywhere } from './harmless.ts';

/** Of JSON what gives no log a command. No part of a text that JSON puts together goes over its ends. */
export const withoutCommands = (json: string): string =>
  json.replaceAll(commandAnywhere, '\\u0023#');

/** A value as JSON that says the same, and gives the log of a pipeline no command by what somebody else wrote. */
export const printedJson = (value: unknown, indent: number | undefined = 2): string =>
  withoutCommands(JSON.stringify(value, undefined, indent));
