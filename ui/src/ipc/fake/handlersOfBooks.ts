/** Categories, customers and the journal. */

import {
  categoriesOf,
  categoryLines,
  categorySums,
  importPatterns,
  removeCategory,
  removePattern,
  renameCategory,
  savePattern,
  setLineCategory,
  tryCategoryText,
} from './categories';
import {
  adjustCustomer,
  allocateDeposit,
  creditRatesOf,
  customerOf,
  customersOf,
  newCustomer,
  setCreditRate,
  takeBack,
  waitingDeposits,
} from './customers';
import type { Handlers } from './handlers';
import {
  batchesOfJournal,
  chooseAccount,
  exportJournal,
  journalOf,
  layoutsOf,
  postingAccounts,
  previewJournal,
  readLayout,
  removeLayout,
  saveLayout,
  savePostingAccounts,
  takeJournalBack,
  writeAgain,
} from './journal';
import type { Shelf } from './shelf';

export type CategoryCommand =
  | 'categories'
  | 'category_sums'
  | 'category_lines'
  | 'try_category_text'
  | 'save_category_pattern'
  | 'remove_category_pattern'
  | 'rename_category'
  | 'remove_category'
  | 'import_category_patterns'
  | 'export_category_patterns'
  | 'set_line_category';
export type CustomerCommand =
  | 'customers'
  | 'customer'
  | 'new_customer'
  | 'adjust_customer'
  | 'waiting_deposits'
  | 'allocate_deposit'
  | 'take_back_transaction'
  | 'credit_rates'
  | 'set_credit_rate';

export type JournalCommand =
  | 'journal'
  | 'posting_accounts'
  | 'save_posting_accounts'
  | 'choose_journal_account'
  | 'journal_layouts'
  | 'save_journal_layout'
  | 'remove_journal_layout'
  | 'read_journal_layout'
  | 'preview_journal'
  | 'export_journal'
  | 'journal_batches'
  | 'write_journal_again'
  | 'take_journal_back'
  | 'pick_journal_path';

export function categoryHandlers({ current }: Shelf): Handlers<CategoryCommand> {
  return {
    categories: () => categoriesOf(current()),
    category_sums: () => categorySums(current()),
    category_lines: ({ request }) => categoryLines(current(), request),
    try_category_text: ({ text }) => tryCategoryText(current(), text),
    save_category_pattern: ({ request }) => savePattern(current(), request),
    remove_category_pattern: ({ id }) => removePattern(current(), id),
    rename_category: ({ id, name }) => renameCategory(current(), id, name),
    remove_category: ({ id }) => removeCategory(current(), id),
    import_category_patterns: () => importPatterns(current()),
    export_category_patterns: () => categoriesOf(current()).patterns.length,
    set_line_category: ({ request }) => setLineCategory(current(), request),
  };
}

export function customerHandlers({ current }: Shelf): Handlers<CustomerCommand> {
  return {
    customers: ({ request }) => customersOf(current(), request),
    customer: ({ request }) => customerOf(current(), request),
    new_customer: ({ request }) => newCustomer(current(), request),
    adjust_customer: ({ request }) => adjustCustomer(current(), request),
    waiting_deposits: ({ offset, limit }) => waitingDeposits(current(), offset, limit),
    allocate_deposit: ({ request }) => allocateDeposit(current(), request),
    take_back_transaction: ({ request }) => takeBack(current(), request),
    credit_rates: () => creditRatesOf(current()),
    set_credit_rate: ({ request }) => setCreditRate(current(), request),
  };
}

export function journalHandlers({ current }: Shelf): Handlers<JournalCommand> {
  return {
    journal: ({ request }) => journalOf(current(), request),
    posting_accounts: () => postingAccounts(current()),
    save_posting_accounts: ({ accounts }) => savePostingAccounts(current(), accounts),
    choose_journal_account: ({ request }) => chooseAccount(current(), request),
    journal_layouts: () => layoutsOf(current()),
    save_journal_layout: ({ layout, was }) => saveLayout(current(), layout, was),
    remove_journal_layout: ({ name }) => removeLayout(current(), name),
    read_journal_layout: () => readLayout(),
    preview_journal: ({ layout, through }) => previewJournal(current(), layout, through),
    export_journal: ({ request }) => exportJournal(current(), request),
    journal_batches: ({ offset, limit }) => batchesOfJournal(current(), offset, limit),
    write_journal_again: ({ number, path }) => writeAgain(current(), number, path),
    take_journal_back: ({ number, reason }) => takeJournalBack(current(), number, reason),
    pick_journal_path: ({ save }) =>
      save ? '/home/mara/Documents/journal.csv' : '/home/mara/Documents/layout.toml',
  };
}
