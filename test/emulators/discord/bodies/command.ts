import { isJsonArray, isObject, objectsOf, textOf, type Json, type JsonObject } from '../json.ts';
import type { Fault } from '../problems.ts';

const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
const LETTERS_MAX = 8000;
const CHOICE_TEXT_MAX = 100;
const SLASH = 1;
const [SUB, GROUP] = [1, 2];
const AUTOCOMPLETABLE: readonly number[] = [3, 4, 10];
/** Discord, "Locales". */
const LOCALES =
  'id da de en-GB en-US es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr cs el bg ru uk hi th zh-CN ja zh-TW ko'.split(' ');
const FILE_TYPE = /^(?:image|video|audio|\.[a-z0-9]{1,15})$/;

type Path = readonly (string | number)[];
const fault = (path: Path, code: string, message: string): Fault => ({ path, code, message });

const dictionary = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});

function nameFaults(node: JsonObject, path: Path): readonly Fault[] {
  const isRight = (name: string): boolean => NAME.test(name) && name === name.toLowerCase();
  const wrong = isRight(textOf(node['name']))
    ? []
    : [fault([...path, 'name'], 'APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid')];
  const localised = Object.entries(dictionary(node['name_localizations'])).filter(([, name]) => !isRight(textOf(name)));
  return [
    ...wrong,
    ...localised.map(([locale]) =>
      fault([...path, 'name_localizations', locale], 'APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid'),
    ),
  ];
}

const localeFaults = (node: JsonObject, path: Path): readonly Fault[] =>
  ['name_localizations', 'description_localizations'].flatMap((property) =>
    Object.keys(dictionary(node[property]))
      .filter((locale) => !LOCALES.includes(locale))
      .map((locale) => fault([...path, property, locale], 'ENUM_TYPE_COERCE', `Value "${locale}" is not a valid enum value.`)),
  );

function choiceFaults(option: JsonObject, path: Path): readonly Fault[] {
  const choices = objectsOf(option['choices']);
  const faults = choices.flatMap((choice, index) => localeFaults(choice, [...path, 'choices', index]));
  const [names, values] = [choices.map(({ name }) => name), choices.map(({ value }) => value)];
  if (choices.length > 0 && option['autocomplete'] === true) {
    faults.push(
      fault([...path, 'autocomplete'], 'APPLICATION_COMMAND_OPTIONS_CHOICES_AUTOCOMPLETE', 'Choices and autocomplete exclude each other'),
    );
  }
  if (new Set(names).size < names.length || new Set(values).size < values.length) {
    faults.push(fault([...path, 'choices'], 'APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_EXISTS', 'A choice stands there twice'));
  }
  const long = choices.flatMap(({ value }, index) => (textOf(value).length > CHOICE_TEXT_MAX ? [index] : []));
  return [
    ...faults,
    ...long.map((index) =>
      fault([...path, 'choices', index, 'value'], 'BASE_TYPE_MAX_LENGTH', `Must be ${CHOICE_TEXT_MAX} or fewer in length.`),
    ),
  ];
}

function boundFaults(option: JsonObject, path: Path): readonly Fault[] {
  const order = (least: string, most: string): readonly Fault[] => {
    const [low, high] = [option[least], option[most]];
    return typeof low === 'number' && typeof high === 'number' && low > high
      ? [fault([...path, least], 'EMULATOR_BOUNDS', `${least} over ${most}`)]
      : [];
  };
  const types = isJsonArray(option['file_types']) ? option['file_types'] : [];
  return [
    ...order('min_value', 'max_value'),
    ...order('min_length', 'max_length'),
    ...(types.every((type) => FILE_TYPE.test(textOf(type))) && types.length <= 10
      ? []
      : [fault([...path, 'file_types'], 'EMULATOR_FILE_TYPES', 'image, video, audio or an extension; ten at most')]),
  ];
}

function optionFaults(option: JsonObject, path: Path): readonly Fault[] {
  const type = option['type'];
  const isAskable = typeof type === 'number' && AUTOCOMPLETABLE.includes(type);
  return [
    ...nameFaults(option, path),
    ...localeFaults(option, path),
    ...choiceFaults(option, path),
    ...boundFaults(option, path),
    ...(option['autocomplete'] === true && !isAskable
      ? [fault([...path, 'autocomplete'], 'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID', 'Nothing to complete here')]
      : []),
    ...(type === SUB || type === GROUP ? optionsFaults(option['options'], [...path, 'options'], type) : []),
  ];
}

/** Names that come twice, in any locale; required ones after others; subcommands beside values; groups in groups. */
function optionsFaults(value: Json | undefined, path: Path, parent: number): readonly Fault[] {
  const options = objectsOf(value);
  const faults = options.flatMap((option, index) => optionFaults(option, [...path, index]));
  const locales = new Set(options.flatMap((option) => Object.keys(dictionary(option['name_localizations']))));
  for (const locale of [undefined, ...locales]) {
    const names = options.map((option) =>
      locale === undefined ? option['name'] : (dictionary(option['name_localizations'])[locale] ?? option['name']),
    );
    if (new Set(names).size < names.length)
      faults.push(fault(path, 'APPLICATION_COMMAND_OPTIONS_NAME_EXISTS', `Option name already exists (${locale ?? 'default'})`));
  }
  options.forEach((option, index) => {
    const isLate = option['required'] === true && options.slice(0, index).some((earlier) => earlier['required'] !== true);
    if (isLate)
      faults.push(
        fault(
          [...path, index],
          'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
          'Required options must be placed before non-required options',
        ),
      );
  });
  const kinds = options.map(({ type }) => (type === SUB || type === GROUP ? 'sub' : 'value'));
  const isNested = options.some(({ type }) => (parent === GROUP && type !== SUB) || (parent === SUB && (type === SUB || type === GROUP)));
  if (new Set(kinds).size > 1 || isNested)
    faults.push(
      fault(
        path,
        'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
        'Sub-command and sub-command group option types are mutually exclusive to all other types',
      ),
    );
  return faults;
}

const longest = (node: JsonObject, property: string): number =>
  Math.max(
    textOf(node[property]).length,
    ...Object.values(dictionary(node[`${property}_localizations`])).map((text) => textOf(text).length),
  );

const lettersOf = (node: JsonObject): number =>
  longest(node, 'name') +
  longest(node, 'description') +
  [...objectsOf(node['options']), ...objectsOf(node['choices'])].reduce(
    (sum, below) => sum + lettersOf(below) + textOf(below['value']).length,
    0,
  );

/** What the schemas cannot say about a command. */
export function commandFaults(command: JsonObject, path: Path): readonly Fault[] {
  const type = command['type'] ?? SLASH;
  const faults: Fault[] = [...localeFaults(command, path)];
  if (lettersOf(command) > LETTERS_MAX) faults.push(fault(path, 'APPLICATION_COMMAND_TOO_LARGE', `Over ${LETTERS_MAX} letters`));
  if (type === SLASH) {
    const description =
      textOf(command['description']) === '' ? [fault([...path, 'description'], 'BASE_TYPE_REQUIRED', 'This field is required')] : [];
    return [...faults, ...nameFaults(command, path), ...description, ...optionsFaults(command['options'], [...path, 'options'], 0)];
  }
  const strange = ['description', 'options'].filter((name) =>
    isJsonArray(command[name]) ? objectsOf(command[name]).length > 0 : textOf(command[name]) !== '',
  );
  return [
    ...faults,
    ...strange.map((name) => fault([...path, name], 'APPLICATION_COMMAND_CONTEXT_MENU_FIELD', `A menu command has no ${name}`)),
  ];
}
