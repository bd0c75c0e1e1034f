// Texts about expressions, mapped values and the constraints that they have to satisfy. Rules in ../en.ts.
import type {Message} from '../text.ts';

export const mappingEn = {
  // mapping and constraints
  'mapping.value_missing': {
    text: '{label}: required, but the source has no value ({path})',
    general: '{label}: required, but the source has no value',
    hint: 'Fill it in where the record comes from.',
    owner: 'source',
  },
  'mapping.path_unknown': {
    text: '{label}: the source no longer has a field {path}',
    hint: 'Change the mapping of this field.',
    owner: 'admin',
  },
  'mapping.failed': {
    text: '{label}: the value cannot be worked out: {why}',
    general: '{label}: the value cannot be worked out',
    hint: 'Correct the value in the source, or change the mapping.',
    owner: 'admin',
  },
  'mapping.too_slow': {
    text: '{label}: the expression took too long on this record',
    hint: 'Simplify the expression.',
    owner: 'admin',
  },
  'mapping.wrong_type': {
    text: '{label}: {wanted} wanted, the expression gives {found}',
    general: '{label}: {wanted} wanted, the expression gives something else',
    hint: 'Change the mapping of this field.',
    owner: 'admin',
  },
  'mapping.not_mapped': {
    text: '{label}: required, but nothing is mapped to it',
    hint: 'Map a source field to it on the sync.',
    owner: 'admin',
  },
  'mapping.unusable': {
    text: '{label}: the expression cannot be used: {why}',
    hint: 'Correct the mapping of this field.',
    owner: 'admin',
  },
  'mapping.source_type': {
    text: '{label}: {path} in the source is not of the type that it should be',
    general: '{label}: a value in the source is not of the type that it should be',
    hint: 'Correct the value in the source.',
    owner: 'source',
  },
  'mapping.not_in_table': {
    text: '{label}: the table in the mapping has no entry for the value',
    hint: 'Add the entry to the mapping, or correct the value in the source.',
    owner: 'admin',
  },
  'mapping.divides_by_zero': {
    text: '{label}: the value cannot be worked out: it divides by zero',
    hint: 'Correct the value in the source, or change the mapping.',
    owner: 'admin',
  },
  'mapping.too_large': {
    text: '{label}: the value grows too large while it is worked out',
    hint: 'Simplify the expression.',
    owner: 'admin',
  },
  'mapping.destination_unknown': {
    text: 'The destination has no field {field}; the nearest is {suggestion}',
    hint: 'Remove it from the mapping, or correct the name.',
    owner: 'admin',
  },
  'mapping.pattern_unusable': {
    text: '{label}: the form that the destination asks for cannot be checked here',
    hint: 'Nothing to do: the destination checks it.',
    owner: 'nobody',
  },
  'mapping.rule': {
    text: '{label}: {why}',
    general: '{label}: a rule of the sync is not met',
    hint: 'See the rule on the sync.',
    owner: 'source',
  },
  'scope.failed': {
    text: 'Who is included cannot be worked out for this record: {why}',
    general: 'Who is included cannot be worked out for these records',
    hint: 'Correct the value in the source, or the condition on the sync.',
    owner: 'admin',
  },
  'value.too_long': {
    text: '{label}: {found} characters given, {limit} at most',
    general: '{label}: too long, {limit} characters at most',
    hint: 'Shorten it in the source.',
    owner: 'source',
  },
  'value.too_short': {
    text: '{label}: {found} characters given, {limit} at least',
    general: '{label}: too short, {limit} characters at least',
    hint: 'Correct it in the source.',
    owner: 'source',
  },
  'value.too_many_digits': {
    text: '{label}: {found} digits given, {limit} at most, {wanted}',
    general: '{label}: too many digits, {limit} at most, {wanted}',
    hint: 'Correct it in the source.',
    owner: 'source',
  },
  'value.too_many_decimals': {
    text: '{label}: {found} decimals given, {limit} at most',
    general: '{label}: too many decimals, {limit} at most',
    hint: 'Correct it in the source, or round it in the mapping with money().',
    owner: 'source',
  },
  'value.holds_separator': {
    text: '{label}: an entry of the list contains {found}, which separates the entries',
    general: '{label}: an entry of the list contains what separates the entries',
    hint: 'Correct it in the source.',
    owner: 'source',
  },
  'value.format': {
    text: '{label}: the form is not right; wanted is {wanted}',
    hint: 'Correct it in the source.',
    owner: 'source',
  },
  'value.not_date': {
    text: '{label}: not a calendar date; wanted is {wanted}',
    hint: 'Correct it in the source.',
    owner: 'source',
  },
  'value.not_number': {
    text: '{label}: not a number; wanted is {wanted}',
    hint: 'Correct it in the source.',
    owner: 'source',
  },
  'value.not_boolean': {text: '{label}: neither yes nor no', hint: 'Correct it in the source.', owner: 'source'},
  'value.not_choice': {
    text: '{label}: not one of {wanted}',
    hint: 'Correct it in the source, or translate it in the mapping.',
    owner: 'source',
  },
  'value.not_phone': {
    text: '{label}: not a valid phone number',
    hint: 'Correct it in the source; numbers from abroad start with + and the country code.',
    owner: 'source',
  },
  'value.not_email': {text: '{label}: not a valid e-mail address', hint: 'Correct it in the source.', owner: 'source'},

  // expressions, when they are saved
  'expression.too_long': {
    text: 'The expression has {found} characters, {limit} at most',
    hint: 'Shorten it.',
    owner: 'admin',
  },
  'expression.too_complex': {
    text: 'The expression has too many parts, or parts too deep inside each other',
    hint: 'Simplify it.',
    owner: 'admin',
  },
  'expression.syntax': {text: '"{found}" cannot stand here', hint: 'Correct the expression.', owner: 'admin'},
  'expression.unfinished': {
    text: 'The expression ends too early',
    hint: 'Close what is open, or add what is missing.',
    owner: 'admin',
  },
  'expression.text_unclosed': {text: 'A quote is never closed', hint: 'Add the closing quote.', owner: 'admin'},
  'expression.unknown_field': {
    text: 'There is no field {path}; the nearest is {suggestion}',
    hint: 'Correct the name, or choose a field from the list.',
    owner: 'admin',
  },
  'expression.unknown_function': {
    text: 'There is no function {name}; the nearest is {suggestion}',
    hint: 'Correct the name, or choose a function from the list.',
    owner: 'admin',
  },
  'expression.computed_field': {
    text: 'A field can only be named, not worked out',
    hint: 'Write the name of the field in quotes.',
    owner: 'admin',
  },
  'expression.wrong_types': {
    text: 'This does not work: {found}',
    hint: 'Turn one side into the type of the other, for example with number() or text().',
    owner: 'admin',
  },
  'expression.wrong_arguments': {
    text: '{found} does not work; wanted is {wanted}',
    hint: 'Correct what stands in the parentheses.',
    owner: 'admin',
  },
  'expression.wrong_result': {
    text: 'The expression gives {found}; wanted is {wanted}',
    hint: 'Turn the result into the type that is wanted.',
    owner: 'admin',
  },
  'expression.mixed_types': {
    text: 'All of these must be of one type',
    hint: 'Turn them into one type, for example with text() or number().',
    owner: 'admin',
  },
  'expression.not_condition': {
    text: 'A condition is wanted here, something that is so or is not so',
    hint: 'Compare with something, for example with == or in.',
    owner: 'admin',
  },
  'expression.compares_null': {
    text: 'A value is never null here: what is null or blank counts as not there',
    hint: 'Write has(…) or !has(…).',
    owner: 'admin',
  },
  'expression.has_argument': {
    text: 'has() takes a field written with points',
    hint: "For a field in brackets write row[?'Name'].hasValue().",
    owner: 'admin',
  },
  'expression.refused': {
    text: '{what} cannot be used here',
    hint: 'Write it without.',
    owner: 'admin',
  },
  'expression.time_function': {
    text: '{name}() cannot be used here: dates are text such as 2026-01-31',
    hint: 'Use date(), addDays(), daysBetween(), age() or today.',
    owner: 'admin',
  },
  'expression.number_too_large': {
    text: 'The number is too large',
    hint: 'Write it as text in quotes, if it is an id.',
    owner: 'admin',
  },
  'expression.join_method': {
    text: 'Lists are joined by join(list, between)',
    hint: "Write join(person.tags, ', ').",
    owner: 'admin',
  },
  'expression.too_nested': {
    text: 'Lists can be gone through inside each other {limit} deep at most',
    hint: 'Simplify it.',
    owner: 'admin',
  },
  'expression.pattern_not_literal': {
    text: 'The pattern of matches() must be a text in quotes',
    hint: 'Write the pattern itself.',
    owner: 'admin',
  },
  'expression.pattern_invalid': {
    text: 'This is no valid pattern',
    hint: 'Correct the pattern.',
    owner: 'admin',
  },
  'expression.pattern_too_long': {
    text: 'The pattern is too long',
    hint: 'Shorten it, or use several.',
    owner: 'admin',
  },
  'expression.pattern_look_around': {
    text: 'The pattern looks ahead or behind, which can take for ever',
    hint: 'Write it without (?=, (?!, (?<= and (?<!.',
    owner: 'admin',
  },
  'expression.pattern_back_reference': {
    text: 'The pattern refers back to a group, which can take for ever',
    hint: 'Write it without.',
    owner: 'admin',
  },
  'expression.pattern_repeats': {
    text: 'The pattern repeats what repeats, which can take for ever',
    hint: 'Repeat only once: a+ rather than (a+)+.',
    owner: 'admin',
  },
  'expression.unusable': {text: 'The expression cannot be used: {why}', hint: 'Correct it.', owner: 'admin'},

  // reasons inside other messages
  'cause.style_unknown': {text: "a phone style is 'spaced' or 'e164'", hint: '', owner: 'admin'},
  'cause.format_unknown': {text: 'a date form is made of yyyy, MM, M, MMM, dd and d', hint: '', owner: 'admin'},
  'cause.zone_unknown': {text: "a time zone is a name such as 'Pacific/Auckland'", hint: '', owner: 'admin'},
  'cause.no_such_table': {text: 'there is no table of that name', hint: '', owner: 'admin'},
  'cause.count_out_of_range': {text: 'a number of characters or places is out of range', hint: '', owner: 'admin'},
  'cause.not_text': {text: 'an entry of the list is not text', hint: '', owner: 'admin'},
  'cause.not_a_value': {text: 'the result is not a value', hint: '', owner: 'admin'},
  'cause.not_date': {text: 'a value is not a calendar date', hint: '', owner: 'source'},
  'cause.not_number': {text: 'a value is not a number', hint: '', owner: 'source'},
  'cause.not_phone': {text: 'a value is not a phone number', hint: '', owner: 'source'},
  'cause.not_in_table': {text: 'a table has no entry for a value', hint: '', owner: 'admin'},
  'cause.not_condition': {text: 'the result is neither so nor not so', hint: '', owner: 'admin'},
  'cause.wrong_type': {text: 'not of the type that it should be', hint: '', owner: 'source'},
  'cause.too_slow': {text: 'it took too long', hint: '', owner: 'admin'},
  'cause.too_large': {text: 'it grows too large', hint: '', owner: 'admin'},
  'cause.division_by_zero': {text: 'it divides by zero', hint: '', owner: 'admin'},
} as const satisfies Record<string, Message>;
