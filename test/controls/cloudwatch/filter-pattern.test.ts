import {
  clause,
  covers,
  parsePattern,
} from '../../../lib/controls/cloudwatch/shared/filter-pattern.ts';

const stop = [
  clause('$.eventSource', '=', 'cloudtrail.amazonaws.com'),
  clause('$.eventName', '=', 'StopLogging'),
];
const denied = [clause('$.errorCode', '=', 'AccessDenied*')];

it.each([
  ['one clause', '{ $.eventName = StopLogging }', stop, true],
  ['one of several', '{($.eventName=CreateTrail)||($.eventName=StopLogging)}', stop, true],
  ['quotes', '{ $.eventName = "StopLogging" }', stop, true],
  ['a wildcard', '{ $.eventName = Stop* }', stop, true],
  [
    'brackets over and',
    '{ ($.eventSource = cloudtrail*) && (($.eventName = A) || ($.eventName = StopLogging)) }',
    stop,
    true,
  ],
  [
    'and binds before or',
    '{ $.eventName = StopLogging || $.eventName = A && $.eventName = B }',
    stop,
    true,
  ],
  ['another value is ruled out', '{ $.eventName != StartLogging }', stop, true],
  ['the value itself is ruled out', '{ $.eventName != StopLogging }', stop, false],
  ['a condition more', '{ ($.eventName = StopLogging) && ($.errorCode NOT EXISTS) }', stop, false],
  ['another field', '{ $.eventType = StopLogging }', stop, false],
  ['a longer name', '{ $.eventName = StopLoggings }', stop, false],
  ['other letters', '{ $.eventName = stoplogging }', stop, false],
  ['a regular expression', '{ $.eventName = %StopLogging% }', stop, false],
  ['a wildcard over a wildcard', '{ $.errorCode = *Denied* }', denied, true],
  ['one code of many', '{ $.errorCode = AccessDenied }', denied, false],
  [
    'what rules out a part of a wildcard',
    '{ $.errorCode != AccessDeniedException }',
    denied,
    false,
  ],
  ['that it is there', '{ $.errorCode EXISTS }', denied, true],
])('%s', (_, pattern, event, expected) => {
  expect(covers(parsePattern(pattern) ?? [], event)).toBe(expected);
});

it.each([
  '',
  'StopLogging',
  '{ $.eventName = }',
  '{ ($.eventName = A }',
  '{ $.a = b $.c = d }',
  '[a, b]',
])('%j cannot be made out', (pattern) => {
  expect(parsePattern(pattern)).toBeUndefined();
});

it('brackets that multiply without end cannot be made out', () => {
  const any = `(${Array.from({ length: 20 }, (_, index) => `$.a = ${index}`).join(' || ')})`;
  expect(parsePattern(`{ ${[any, any, any].join(' && ')} }`)).toBeUndefined();
});
