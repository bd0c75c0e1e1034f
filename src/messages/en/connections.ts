// Texts about connections, what they reach, and files that come and go. Rules in ../en.ts.
import type {Message} from '../text.ts';

export const connectionsEn = {
  // connections and what they reach
  'connection.credentials_rejected': {
    text: '{connection} rejected the credentials.',
    hint: 'Enter valid credentials on the connection; waiting records then go on by themselves.',
    owner: 'admin',
  },
  'connection.permission_missing': {
    text: '{connection} accepts the credentials but does not allow {what}.',
    hint: 'Let an administrator of that system grant it.',
    owner: 'destination',
  },
  'connection.unreachable': {
    text: '{connection} cannot be reached at {host}.',
    hint: 'Check the address on the connection, and whether that system is up.',
    owner: 'admin',
  },
  'connection.address_refused': {
    text: '{host} is a private address, which this installation does not allow.',
    hint: 'Add it to MUSTER_ALLOW_PRIVATE_HOSTS if it is really yours.',
    owner: 'support',
  },
  'connection.address_invalid': {
    text: '{connection}: {address} is not a web address.',
    hint: 'Enter an address that starts with https:// on the connection.',
    owner: 'admin',
  },
  'connection.certificate_rejected': {
    text: '{host} shows a certificate that cannot be trusted ({why}).',
    hint: 'Check the address on the connection; else let that system renew its certificate.',
    owner: 'destination',
  },
  'connection.rate_limited': {
    text: '{connection} asks to wait until {until}.',
    hint: 'Nothing to do: it goes on by itself.',
    owner: 'nobody',
  },
  'connection.server_error': {
    text: '{connection} answered {status} {words}',
    hint: 'Nothing to do at first: it is tried again. If it stays, ask the support of that system.',
    owner: 'destination',
  },
  'connection.timed_out': {
    text: '{connection} did not answer within {seconds} seconds.',
    hint: 'Nothing to do at first: it is tried again.',
    owner: 'destination',
  },
  'connection.cut_off': {
    text: '{connection} closed the connection before it answered.',
    hint: 'Nothing to do at first: it is tried again. If it stays, ask the support of that system.',
    owner: 'destination',
  },
  'connection.answer_unreadable': {
    text: '{connection} answered {status} with something that is not {wanted}.',
    hint: 'Check the address on the connection; a web page in between often answers so.',
    owner: 'admin',
  },
  'connection.answer_too_large': {
    text: '{connection} sent more than {limit}.',
    hint: 'Ask the support of that system for smaller pages.',
    owner: 'destination',
  },
  'connection.refused_request': {
    text: '{connection} answered {status}: {words}',
    hint: 'Follow what that system says.',
    owner: 'destination',
  },
  'connection.inactive': {
    text: '{connection} is inactive: {why}',
    hint: 'Mend the cause and test the connection; it then goes on by itself.',
    owner: 'admin',
  },
  'connection.in_use': {
    text: '{connection} is used by: {syncs}.',
    hint: 'Delete these syncs first, or point them elsewhere.',
    owner: 'admin',
  },
  'connection.name_taken': {
    text: 'There is a connection named {name} already.',
    hint: 'Choose another name.',
    owner: 'admin',
  },
  'connection.secret_missing': {
    text: '{connection} has no {field} yet.',
    hint: 'Enter it on the connection.',
    owner: 'admin',
  },
  'connection.setting_missing': {
    text: '{connection} needs a value for {field}.',
    hint: 'Enter it on the connection.',
    owner: 'admin',
  },
  'connection.not_checked': {text: 'This connection has not been tested yet.', hint: 'Test it.', owner: 'admin'},
  'connector.unknown': {text: 'There is no connector named {name}.', hint: 'Choose one of: {known}.', owner: 'admin'},
  'connector.cannot': {text: '{connector} cannot {what}.', hint: 'Choose another connection.', owner: 'admin'},
  'check.passed': {text: '{connection} answered as expected.', hint: '', owner: 'nobody'},
  'check.undescribed': {
    text: '{connection} does not say what it can do; the usual is assumed.',
    hint: 'Check the address if records are refused; else nothing to do.',
    owner: 'admin',
  },
  'check.resource_missing': {
    text: '{connection} does not offer {resource}.',
    hint: 'Check the address, or let an administrator of that system switch it on.',
    owner: 'destination',
  },
  'check.fields_missing': {
    text: '{connection} does not take these fields, so they are left out: {fields}',
    hint: 'Nothing to do unless you need them; that system may be able to add them.',
    owner: 'destination',
  },
  'check.no_deactivation': {
    text: '{connection} does not say whether someone is active, so nobody can be deactivated there.',
    hint: 'Leavers have to be removed there by hand.',
    owner: 'destination',
  },
  'check.whole_records_only': {
    text: '{connection} cannot change single values; each change sends the whole record, with what else it holds.',
    hint: 'Nothing to do, unless others change the same records at the same moment.',
    owner: 'nobody',
  },
  'check.no_search': {
    text: '{connection} cannot search; all its records are read to find one.',
    hint: 'Nothing to do; looking takes longer.',
    owner: 'nobody',
  },
  'check.no_bulk': {
    text: '{connection} takes one record at a time.',
    hint: 'Nothing to do; large runs take longer.',
    owner: 'nobody',
  },

  // files
  'file.empty': {
    text: 'The file is empty.',
    hint: 'Upload a file with a header line and one line per person.',
    owner: 'source',
  },
  'file.header_only': {
    text: 'The file has a header line but no rows.',
    hint: 'Upload a file with one line per person.',
    owner: 'source',
  },
  'file.header_duplicate': {
    text: 'The column "{column}" stands in the header more than once.',
    hint: 'Rename or remove one of them.',
    owner: 'source',
  },
  'file.header_unknown': {
    text: 'No column is known: {columns}.',
    hint: 'Use the field names or labels as headers, with commas, semicolons or tabs between them, or say which column is which field.',
    owner: 'source',
  },
  'file.column_missing': {
    text: 'The file has no column "{column}", which identifies a row.',
    hint: 'Add the column, or name another on the connection.',
    owner: 'source',
  },
  'file.line_too_long': {
    text: 'Line {line} is longer than {limit}.',
    hint: 'Look for a missing line end or an unclosed quote there.',
    owner: 'source',
  },
  'file.quote_unclosed': {
    text: 'A quote opened on line {line} is never closed.',
    hint: 'Close it, or double each quote inside a quoted value.',
    owner: 'source',
  },
  'file.quote_misplaced': {
    text: 'Line {line}, column {column}: a quote stands in the middle of a value.',
    hint: 'Double each quote inside a quoted value; look for an unclosed quote in the lines before.',
    owner: 'source',
  },
  'file.too_large': {text: 'The file is larger than {limit}.', hint: 'Split it into several files.', owner: 'source'},
  'file.too_many_columns': {
    text: 'The file has more than {limit} columns.',
    hint: 'Check the delimiter, or remove columns.',
    owner: 'source',
  },
  'file.not_text': {
    text: 'The file is not readable text (line {line}).',
    hint: 'Save it as CSV in UTF-8.',
    owner: 'source',
  },
  'file.incomplete': {
    text: 'The file did not arrive whole.',
    hint: 'Upload it again.',
    owner: 'source',
  },
  'file.id_guessed': {
    text: 'No column says which record a row is; rows are recognised by name, e-mail and job.',
    hint: 'Add a column ID, so that a corrected name stays the same record.',
    owner: 'source',
  },
  'file.missing': {text: 'No file has been received yet.', hint: 'Upload one on the connection.', owner: 'source'},
  'file.row_ragged': {
    text: 'Line {line}: {found} values where the header has {wanted} columns.',
    general: 'A line has more or fewer values than the header has columns.',
    hint: 'Look for a missing or extra delimiter, or quote the value that holds one.',
    owner: 'source',
  },
  'file.row_quote': {
    text: 'Line {line}, column {column}: a quote stands inside a value that is not quoted.',
    general: 'A quote stands inside a value that is not quoted.',
    hint: 'Quote the whole value and double the quote.',
    owner: 'source',
  },
  'file.row_value_too_long': {
    text: 'Line {line}, column {column}: the value is longer than {limit}.',
    general: 'A value is longer than {limit}.',
    hint: 'Shorten it in the source, or look for an unclosed quote there.',
    owner: 'source',
  },
  'file.row_no_id': {
    text: 'Line {line}: the column {column}, which identifies the row, is empty.',
    general: 'What identifies the row is empty.',
    hint: 'Fill it in.',
    owner: 'source',
  },
  'file.row_nul': {
    text: 'Line {line}, column {column}: a character that no text may hold was removed.',
    general: 'A character that no text may hold was removed.',
    hint: 'Export the file again.',
    owner: 'source',
  },
  'file.column_ignored': {
    text: 'The column "{column}" is not a known field and was not used.',
    hint: 'Rename it to a field name or label, if it should be used.',
    owner: 'source',
  },

  // staging
  'record.id_taken': {text: 'There is {id} already.', hint: 'Choose another id.', owner: 'admin'},
  'record.character_removed': {
    text: '{label}: a character that no text may hold was removed.',
    general: 'A character that no text may hold was removed.',
    hint: 'Correct the value in the source.',
    owner: 'source',
  },
  'record.field_unknown': {
    text: '{field} is not a known field of {resource}; it is kept but not used.',
    general: 'A field is not known; it is kept but not used.',
    hint: 'Correct the name where the record is sent from.',
    owner: 'source',
  },
} as const satisfies Record<string, Message>;
