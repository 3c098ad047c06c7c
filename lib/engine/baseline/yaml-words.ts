/**
 * What is wrong in a YAML text, in our words, by the code that the parser gives it.
 * https://eemeli.org/yaml/#errors
 */
const words: Readonly<Record<string, string>> = {
  ALIAS_PROPS: 'an alias (*name) may have no anchor and no tag; take them out',
  BAD_ALIAS: 'an alias (*name) needs the name of an anchor (&name) above it',
  BAD_COLLECTION_TYPE: 'the tag does not fit what follows it',
  BAD_DIRECTIVE: 'a line that begins with % means nothing here; take it out, or quote it',
  BAD_DQ_ESCAPE:
    'a text in double quotes has a backslash that means nothing; write \\\\, or use single quotes',
  BAD_INDENT: 'a bracket above is not closed, or the line is not indented as those around it',
  BAD_PROP_ORDER: 'an anchor or a tag stands in the wrong place',
  BAD_SCALAR_START: 'a text may not begin with this character; put it in quotes',
  BLOCK_AS_IMPLICIT_KEY:
    'two mappings stand on one line; begin the second on a line of its own, or quote the text',
  BLOCK_IN_FLOW: 'between { } or [ ] nothing is written over lines with - or |',
  COMMENT_SPACE: 'a comment needs a blank before #; else quote the text',
  DUPLICATE_KEY: 'a duplicate key: it stands above already; take one of them out',
  IMPOSSIBLE: 'this is no YAML',
  KEY_OVER_1024_CHARS: 'the key is longer than 1024 characters',
  MISSING_CHAR: 'something is not closed: a quote, a bracket, or a colon without a blank behind it',
  MULTILINE_IMPLICIT_KEY:
    'a key goes over more than one line; is a colon, a quote or a closing bracket missing?',
  MULTIPLE_ANCHORS: 'a value has two anchors; take one of them out',
  MULTIPLE_DOCS:
    'the file holds more than one document; take out the line of --- or ... that ends the first',
  MULTIPLE_TAGS: 'a value has two tags; take one of them out',
  NON_STRING_KEY: 'a key has to be a text; put it in quotes',
  RESOURCE_EXHAUSTION: 'it is nested too deeply',
  TAB_AS_INDENT: 'it is indented by a tab; use blanks',
  TAG_RESOLVE_FAILED: 'the tag (!name) means nothing here; take it out',
  UNEXPECTED_TOKEN: 'this does not belong here; is a quote or a comma missing, or one too many?',
};

export const yamlProblem = (code: string): string => words[code] ?? 'this is no YAML';
