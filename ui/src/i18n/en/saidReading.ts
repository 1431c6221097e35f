/** The sentences about files that were read or could not be, in English. Their first letters are made capital where they stand alone. */
export const saidReading = {
  'said.archive.empty': '{file}: the archive holds no files',
  'said.bai2.accountTrailer':
    'an account trailer (49) before {before}; the account’s totals cannot be checked',
  'said.bai2.amount': 'an amount in minor units of at most 17 digits, without sign',
  'said.bai2.amountAfter': 'an amount in minor units after type code {code}; it was left out',
  'said.bai2.asOf': 'a day that exists, as YYMMDD, in the group header (02)',
  'said.bai2.atFileTrailer': 'the file trailer (99)',
  'said.bai2.atGroupTrailer': 'the group trailer (98)',
  'said.bai2.code': 'a type code of a credit (100 to 399), of a debit (400 to 699) or of information (890)',
  'said.bai2.correction': 'a correction of what was sent before',
  'said.bai2.currency': 'a currency’s code of three letters, such as USD',
  'said.bai2.deletion': 'a deletion of what was sent before',
  'said.bai2.fileEnd': 'the end of the file',
  'said.bai2.fileTrailer': 'a file trailer (99) before {before}; a part of the file may be missing',
  'said.bai2.funds': 'a type of funds: 0, 1, 2, D, S, V, Z or none',
  'said.bai2.groupDay':
    'a day that exists, as YYMMDD, in the group header; transactions without a value date are refused',
  'said.bai2.groupTrailer': 'a group trailer (98) before {before}; the group’s totals cannot be checked',
  'said.bai2.misplaced': 'the header that this trailer ends; a part of the file may be missing in front',
  'said.bai2.nextAccount': 'the next account (03)',
  'said.bai2.nextFile': 'the next file header (01)',
  'said.bai2.nextGroup': 'the next group header (02)',
  'said.bai2.noAccount':
    'an account (03) before its transactions; they were taken as of an account without a number',
  'said.bai2.noMoney': 'no amount, since type code 890 is information without money',
  'said.bai2.point': 'an amount in minor units; the one with a point was taken in major units',
  'said.bai2.record': 'a record that begins with 01, 02, 03, 16, 49, 88, 98 or 99; the line was left out',
  'said.bai2.sign': 'an amount without sign, since the type code gives it; both say debit here',
  'said.bai2.status':
    'a group of status 1 (update); the bank marks this one as {what}, so check before you take it in',
  'said.bai2.test': 'a test',
  'said.bai2.typeCode':
    'a type code of three digits among the account’s amounts; the rest of them was left out',
  'said.bai2.valueDay': 'a day that exists, as YYMMDD; the entry was kept without it',
  'said.camt.amount': 'an amount such as 1234.56, with a point and no other marks',
  'said.camt.balance':
    'this balance cannot be read: an amount without a sign, and CRDT or DBIT, were expected',
  'said.camt.balanceCurrency':
    'this balance is in another currency than the entries and was not compared with them',
  'said.camt.balanceSign':
    'this balance does not say whether it is a credit or a debit; it was read as a credit',
  'said.camt.direction': 'CRDT or DBIT, the direction of the amount',
  'said.camt.noAccount': 'this statement does not name its account',
  'said.camt.noAmount': 'an amount; the entry has none',
  'said.camt.noNamespace': 'the document names no namespace; by its elements it was read as {format}',
  'said.camt.otherNamespace': 'the elements are those of {format} and were read as such',
  'said.camt.pending': 'a booked entry; this one is pending and may come again once it is booked',
  'said.camt.pendingLeftOut':
    'this entry is pending and the booked balances hold without it; it was left out',
  'said.camt.pendingMore': 'from here on pending entries were left out without being named one by one',
  'said.camt.text': 'a text of at most {most} KiB; the rest is in the file',
  'said.camt.twice': 'this element once in an entry; it is there twice and says two things',
  'said.camt.unsigned': 'an amount without a sign; CdtDbtInd says the direction',
  'said.control.accounts': 'number of accounts in the group',
  'said.control.credits': 'number of credits',
  'said.control.creditSum': 'sum of credits',
  'said.control.debits': 'number of debits',
  'said.control.debitSum': 'sum of debits',
  'said.control.entries': 'number of entries',
  'said.control.groups': 'number of groups in the file',
  'said.control.net': 'net sum of entries',
  'said.control.records': 'number of records in the {level}',
  'said.control.sum': 'sum of entries',
  'said.control.total': 'control total of the {level} in the file’s units',
  'said.detected.asWritten': 'as written: positive is money in',
  'said.detected.direction': 'a column says in or out',
  'said.detected.line': 'line {line}',
  'said.detected.name': '{name}',
  'said.detected.none': 'none',
  'said.detected.tab': 'tab',
  'said.detected.turned': 'turned around: positive is money out',
  'said.detected.twoColumns': 'columns for money in and money out',
  'said.doubt.balance':
    'a balance of {balance}, as it follows from the row before; a row is missing here or was misread',
  'said.doubt.closing':
    '{name}: opening {opening} and the rows’ sum {sum} should make the closing {closing}; {difference} is left over',
  'said.doubt.control': '{name}: the file states a {what} of {stated}, its rows come to {found}',
  'said.expected.amount': 'an amount such as {such}',
  'said.expected.amountDigits': 'an amount of at most 17 digits',
  'said.expected.amountIn': 'an amount in {currency}, as the row’s currency says',
  'said.expected.anyDate': 'a date; the line was kept without one',
  'said.expected.balanceIn': 'a balance in {currency}, as the amount is',
  'said.expected.beyond_one': 'one further problem of a row is counted but not listed',
  'said.expected.beyond_other': '{count} further problems of rows are counted but not listed',
  'said.expected.booked':
    'a booked transaction; it was kept, and may come again under another text once it is booked',
  'said.expected.bookedWithDate': 'a booked transaction; the row was left out until it has a booking date',
  'said.expected.bookingDate': 'a booking date; the value date was taken in its place',
  'said.expected.cellsAdded': '{columns} cells, as the table has columns; the others were added to the text',
  'said.expected.cellsOpen':
    '{columns} cells, as the table has columns; with some missing the amount could stand in more than one column',
  'said.expected.cellsQuoted':
    '{columns} cells, as the table has columns; a text with the delimiter in it needs quotation marks',
  'said.expected.cellsShifted_one':
    '{columns} cells, as the table has columns; the amount was read from where it stands with one missing',
  'said.expected.cellsShifted_other':
    '{columns} cells, as the table has columns; the amount was read from where it stands with {count} missing',
  'said.expected.cellsWith': '{columns} cells, with {what}',
  'said.expected.currency': 'a currency’s code of three letters, such as EUR or USD',
  'said.expected.date': 'a date such as {such}',
  'said.expected.day': 'a day that exists, written like {such}',
  'said.expected.decimals': 'an amount with at most {digits} decimals',
  'said.expected.decimalsOf': 'an amount with at most {digits} decimals, as {currency} has',
  'said.expected.direction': 'a word for debit or credit, such as D or C',
  'said.expected.kind':
    'a kind such as invoice, bill, credit note, payment, job or transaction; the usual kind was taken',
  'said.expected.month': 'a month with its year, such as 2024-05 or May 2024; it was left out',
  'said.expected.more': 'further rows have the same kinds of problems; they are counted but not listed',
  'said.expected.noBalance': 'a transaction; a balance among the rows was left out',
  'said.expected.noRemark': 'a date and an amount; a remark was left out',
  'said.expected.noTotal': 'a transaction; a line of totals was left out',
  'said.expected.oneOfTwo': 'an amount in one of the columns for debit and credit, not in both',
  'said.expected.otherAccount': 'the account of the other rows; the row was kept as a statement of its own',
  'said.expected.pendingBeside':
    'a booking date, as the rows beside it have; the pending transaction was left out until it has one',
  'said.expected.pendingDate': 'a booking date; the pending transaction was left out until it has one',
  'said.expected.quantity': 'a quantity such as {such}; it was left out',
  'said.expected.rate': 'a rate such as {such}; it was left out',
  'said.expected.sent': 'a document that was sent; the draft was left out',
  'said.expected.status': 'a status of a booked transaction; the row was left out',
  'said.expected.valid': 'a document that is valid; the cancelled one was left out',
  'said.file.changed': 'it was changed while it was being read',
  'said.file.isFolder': '{path} is a folder; choose a file',
  'said.file.largerThanSmall':
    '{path}: larger than 1 MiB, which no file of this kind is: check that it is the right one',
  'said.file.noStatement': '{file}: expected a statement',
  'said.finding.alike':
    'new rows have the day and amount of lines that this account has: if they are the same statement in another form, taking them in would count them twice',
  'said.finding.duplicates': 'rows the workbook has already; they are left out',
  'said.finding.expected': 'expected {expected}',
  'said.finding.expectedIn': '{column}: expected {expected}',
  'said.finding.future': 'rows dated later than today',
  'said.finding.gap':
    'the statement opens with {opening}, but the one before closes with {before}: one may be missing',
  'said.finding.gapOf':
    'the statement of {account} opens with {opening}, but the one before closes with {before}: one may be missing',
  'said.finding.noDate': 'rows without a date',
  'said.finding.noRows': 'the {format} file has no rows',
  'said.finding.noText': 'rows without any text, reference or other party',
  'said.finding.noTextOfEntry': 'rows without number, reference, text or other party',
  'said.finding.open': 'the {what} can be read in more than one way; read as: {reading}',
  'said.finding.outside': 'rows from {first} to {last}, but the statement covers {from} to {to}',
  'said.inField': '{field}: {why}',
  'said.isolation': 'the file could not be read: {why}',
  'said.isolation.crash':
    'its reader stopped in the middle, as damaged files make it; export or save it again',
  'said.isolation.memory': 'it needs more memory than a statement may; save the sheet as CSV and try again',
  'said.isolation.other': 'its reader answered something else',
  'said.isolation.time': 'it takes longer than a statement may; save the sheet as CSV and try again',
  'said.json.minorUnits':
    'whole numbers that count the smallest coin, such as cents, were read as amounts of the main unit',
  'said.json.more':
    'the file says that there are more transactions than it holds; the rest is in further answers',
  'said.json.noFields': 'these objects have no fields of transactions and were left out',
  'said.json.object': 'an object with the fields of a transaction',
  'said.json.seconds': 'numbers that count seconds since 1970 were read as days in UTC',
  'said.json.twice': 'this field once in a record; it is there twice',
  'said.json.unbooked': 'these transactions are not booked yet and were left out',
  'said.mapping.emptyDate': 'the column of dates is empty in every row; say which column is the date',
  'said.mapping.noAmount':
    'no column holds amounts; say which column is the amount, or which are debit and credit',
  'said.mapping.noAmountOrCode':
    'no column holds amounts or customer codes; say which column is the amount, or which are debit and credit',
  'said.mapping.noColumn': 'the file has no column “{header}”',
  'said.mapping.noDate': 'no column holds dates; say which column is the date',
  'said.mapping.noRows': 'the file has no rows',
  'said.mapping.side': '“{word}” is no side: statement or ledger',
  'said.mt940.amount': 'an amount of at most 17 digits with a decimal comma, such as 1234,56',
  'said.mt940.balanceAmount': 'an amount with a decimal comma; the balance was left out',
  'said.mt940.balanceCurrency': 'a currency’s code of three letters after the date',
  'said.mt940.balanceDay': 'a day that exists, as YYMMDD; the balance was taken without it',
  'said.mt940.balanceMark': 'C or D before the date',
  'said.mt940.closingCurrency': 'a closing balance in {currency}, as the statement is; it was left out',
  'said.mt940.dates': 'a value date as YYMMDD, then an entry date as MMDD or none',
  'said.mt940.entriesWithoutReference':
    'a reference at the end of field :61:, or NONREF; the first without is here',
  'said.mt940.entryDay':
    'a day within half a year of the value date, as MMDD; the value date was taken in its place',
  'said.mt940.inBalance': 'in the balance :{tag}: {why}',
  'said.mt940.leading': 'a field such as :20: at the beginning of the file; text before it was left out',
  'said.mt940.mark': 'C, D, RC or RD (MT942 also EC and ED) before the amount',
  'said.mt940.noClosing': 'a closing balance (:62F:) at the end of the statement; the file may be cut off',
  'said.mt940.noComma': 'a decimal comma; the amount was taken as a whole number',
  'said.mt940.noReference':
    'a reference (:20:) at the beginning of a message; the file may be cut off in front',
  'said.mt940.totals': 'in :{tag}: a number, a currency and a sum, such as 2EUR186,33',
  'said.mt940.unknownField':
    'a field of MT940 or MT942 at the beginning of the line, such as :61:; it was taken as text',
  'said.mt940.valueDay': 'a day that exists, as YYMMDD; the entry was kept with its entry date alone',
  'said.mt940.withoutReference_one':
    'a reference at the end of field :61:, or NONREF; the entry here has none',
  'said.mt940.withoutReference_other':
    'a reference at the end of field :61:, or NONREF; {count} entries have none, the first is here',
  'said.note.beforeOne': 'this line stands before the table and is no row',
  'said.note.before_one': 'this line stands before the table and is no row',
  'said.note.before_other': 'these {count} lines stand before the table and are no rows',
  'said.note.openQuote': 'a quotation mark is opened here and never closed; the line was read without it',
  'said.note.otherEnding': 'the name ends in .{ending}, but the file is {format}; it was read as what it is',
  'said.ofx.accountCurrency': 'an amount in {currency}, as the account’s are',
  'said.ofx.allPositive':
    'no amount is negative though some transactions are debits by their TRNTYPE; the amounts were read as written: compare with the bank which way the money went',
  'said.ofx.bankError': 'the bank answered with this error in place of a statement',
  'said.ofx.closing': 'the closing balance (BALAMT) was left out; {expected} was expected',
  'said.ofx.cut':
    'the file ends before </OFX> and may have been cut off; compare the number of transactions with the bank’s',
  'said.ofx.date': 'a date such as 20241231',
  'said.ofx.day': 'a day that exists, such as 20241231',
  'said.ofx.delete':
    'a transaction to add; the bank takes back the one with the number “{number}”: delete it by hand',
  'said.ofx.eitherWay': 'a date such as 20241231; in this one day and month may be meant either way',
  'said.ofx.endOfFile':
    '</STMTTRN>; the file ends within this transaction, so that its values may be cut off',
  'said.ofx.implied': '</STMTTRN> at the end of the transaction; it was read without',
  'said.ofx.investments_one':
    'one transaction of investments was left out: Tieout reads those of banks and cards',
  'said.ofx.investments_other':
    '{count} transactions of investments were left out: Tieout reads those of banks and cards',
  'said.ofx.loans_one': 'one transaction of loans was left out: Tieout reads those of banks and cards',
  'said.ofx.loans_other':
    '{count} transactions of loans were left out: Tieout reads those of banks and cards',
  'said.ofx.noNegative_one':
    'no amount is negative though one transaction is a debit by its TRNTYPE; the amounts were read as written: compare with the bank which way the money went',
  'said.ofx.noNegative_other':
    'no amount is negative though {count} transactions are debits by their TRNTYPE; the amounts were read as written: compare with the bank which way the money went',
  'said.ofx.notBooked_one': 'one transaction is not booked yet and was left out; the bank sends it again',
  'said.ofx.notBooked_other':
    '{count} transactions are not booked yet and were left out; the bank sends them again',
  'said.ofx.oneWay':
    'an amount that can be read in one way only; the mark in this one may stand before decimals or between thousands',
  'said.ofx.otherKind': 'Tieout reads bank and card transactions; they were left out',
  'said.ofx.pending': 'they are not booked yet and were left out; the bank sends them again',
  'said.ofx.replaces':
    'a new transaction; the bank says that this one replaces that number: delete the earlier one',
  'said.ofx.rowCurrency': 'an amount in {currency}, as the currency of the row is',
  'said.ofx.second': 'one of a kind; a second one says that two transactions ran into one',
  'said.ofx.stray': 'elements; text outside of them was left aside',
  'said.ofx.unclosed':
    'the file says that it is XML but leaves elements unclosed; it was read as SGML, which loses nothing',
  'said.qif.amount': 'an amount such as -1,234.56',
  'said.qif.cut': '^; the file ends within this record, so that its values may be cut off',
  'said.qif.date': 'a date such as 12/31/2024',
  'said.qif.endOfFile': '^ at the end of the record; the file ends without it and may have been cut off',
  'said.qif.implied': '^ at the end of the record; it was read without',
  'said.qif.investments_one':
    'one investment record; Tieout reads bank, cash and card accounts, so it was left out',
  'said.qif.investments_other':
    '{count} investment records; Tieout reads bank, cash and card accounts, so they were left out',
  'said.qif.oneAmount': 'one amount; the lines T and U of the record differ',
  'said.qif.onlyAmount': 'the only amount of the record; is a ^ missing before it?',
  'said.qif.onlyDate': 'the only date of the record; is a ^ missing before it?',
  'said.qif.opening': 'a transaction; this record opens the account and was kept as a row',
  'said.qif.readSo': 'the type is not known; its records look like transactions and were read so',
  'said.qif.unknownKind_one':
    'one record of a kind that is not known and that is no transaction; it was left out',
  'said.qif.unknownKind_other':
    '{count} records of a kind that is not known and that are no transactions; they were left out',
  'said.read.binary':
    'this is no text and no spreadsheet (position {position} holds a byte that no text has); choose a CSV or XLSX file',
  'said.read.damaged': '{what} is damaged{place}: {detail}; export or save it again',
  'said.read.empty': 'the file is empty; export it again from the bank or the accounting program',
  'said.read.fileTooLarge':
    'the file is larger than {most} MiB, which is more than a statement needs; split it into smaller ones, or raise the limit on purpose',
  'said.read.member': '“{name}” in the archive {what}; unpack the archive and choose the files you want',
  'said.read.noSuchSheet': 'there is no sheet “{name}” in this workbook; it has {available}',
  'said.read.tooLarge': '{what} is beyond the limit of {limit}{place}; split the file into smaller ones',
  'said.read.unreadable': 'the file cannot be read: {detail}; see that it is still there and may be read',
  'said.read.unsupported': 'this is {what}, which Tieout does not read; {advice}',
  'said.reading.byValues': 'by the values alone: {columns}',
  'said.reading.column': '{column} is the {role}',
  'said.reading.dayFirst': 'day before month: {text} is {day}',
  'said.reading.decimals': '{text}: the mark separates decimals (amounts such as {such})',
  'said.reading.monthFirst': 'month before day: {text} is {day}',
  'said.reading.otherColumns': 'columns with other meanings',
  'said.reading.positiveIn': 'positive amounts such as {example} are money in, as the file has it',
  'said.reading.positiveOut':
    'positive amounts such as {example} are money out, as cards show their spending',
  'said.reading.thousands': '{text}: the mark separates thousands (amounts such as {such})',
  'said.row.deleted': 'row {row} of {file} was deleted; restore it if it is wanted',
  'said.row.expectedIn': '{column} “{value}”: expected {expected}',
  'said.row.known': 'the workbook has it: row {row} of {file}',
  'said.sheet.formula':
    'a formula whose result is not stored: read as blank; open the file in a spreadsheet program, save it there and import that',
  'said.sheet.hidden': 'this sheet is hidden in the spreadsheet and was not read; choose it to read it',
  'said.sheet.hiddenRows': 'hidden in the spreadsheet and left out; unhide what is to be read',
  'said.sheet.formulas_one':
    'a formula whose result is not stored: read as blank; open the file in a spreadsheet program, save it there and import that',
  'said.sheet.formulas_other':
    '{count} formulas whose results are not stored: read as blank; open the file in a spreadsheet program, save it there and import that',
  'said.sheet.joined_one': 'this sheet is read',
  'said.sheet.joined_other': 'these {count} sheets have the same header and are read one after the other',
  'said.sheet.noResult':
    'a stored result, which the formula in this cell has not; save the file in a spreadsheet program',
  'said.sheet.of': 'sheet “{sheet}”: {why}',
  'said.sheet.otherHeader': 'this sheet has another header and was not read; choose it to read it',
  'said.sheet.rowsHidden_one':
    'this row is hidden in the spreadsheet and was left out; unhide what is to be read',
  'said.sheet.rowsHidden_other':
    '{count} rows are hidden in the spreadsheet and were left out; unhide what is to be read',
  'said.statement': 'statement',
  'said.statement.in': '{statement} in {currency}',
  'said.statement.numbered': 'statement {number}',
  'said.statement.of': '{statement} of {account}',
} as const;
