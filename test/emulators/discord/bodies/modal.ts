import { objectsOf, textOf, type JsonObject } from '../json.ts';
import type { Fault } from '../problems.ts';
import { choiceFaults, KIND, kindOf, placedIn, repeatedIds, type Placed } from './components.ts';

const ROWS_MAX = 5;
const INPUT_KINDS: readonly number[] = [3, 4, 5, 6, 7, 8, 19, 21, 22, 23];

function inputFaults({ node, path }: Placed): readonly Fault[] {
  const faults: Fault[] = [...choiceFaults({ node, path })];
  const value = textOf(node['value']);
  const [least, most] = [node['min_length'], node['max_length']].map((length) => (typeof length === 'number' ? length : undefined));
  if (least !== undefined && most !== undefined && least > most) {
    faults.push({ path: [...path, 'min_length'], code: 'BASE_TYPE_BAD_LENGTH', message: 'Longer at least than at most' });
  }
  if (value !== '' && (value.length > (most ?? 4000) || value.length < (least ?? 0))) {
    faults.push({
      path: [...path, 'value'],
      code: 'BASE_TYPE_BAD_LENGTH',
      message: `Must be between ${least ?? 0} and ${most ?? 4000} in length.`,
    });
  }
  if ('disabled' in node && node['disabled'] === true) {
    faults.push({ path: [...path, 'disabled'], code: 'EMULATOR_DISABLED_IN_MODAL', message: 'Nothing in a modal can be disabled' });
  }
  return faults;
}

/** A text in a label has its label there; in a row, which is deprecated, it has to say it itself. */
function labelFaults({ node, path }: Placed): readonly Fault[] {
  const isInLabel = path.at(-1) === 'component';
  const hasOwn = textOf(node['label']) !== '';
  if (kindOf(node) !== KIND.textInput || isInLabel !== hasOwn) return [];
  const message = isInLabel ? 'The label around it says what it is' : 'This field is required';
  return [{ path: [...path, 'label'], code: isInLabel ? 'EMULATOR_LABEL_TWICE' : 'BASE_TYPE_REQUIRED', message }];
}

/** What the schemas cannot say about a modal. */
export function modalFaults(data: JsonObject): readonly Fault[] {
  const placed = placedIn(data['components'], ['data', 'components']);
  const inputs = placed.filter(({ node }) => INPUT_KINDS.includes(kindOf(node)));
  const isTooLong = objectsOf(data['components']).length > ROWS_MAX;
  return [
    ...repeatedIds(placed),
    ...inputs.flatMap((input) => [...inputFaults(input), ...labelFaults(input)]),
    ...(isTooLong
      ? [{ path: ['data', 'components'], code: 'BASE_TYPE_BAD_LENGTH', message: `Must be between 1 and ${ROWS_MAX} in length.` }]
      : []),
  ];
}
