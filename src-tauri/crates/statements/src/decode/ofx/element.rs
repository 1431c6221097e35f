//! The elements of OFX that a bank statement is read from.

macro_rules! elements {
    ($($(#[$doc:meta])* $name:ident = $($word:literal)|+),+ $(,)?) => {
        /// An element by what it means here.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Element {
            $($(#[$doc])* $name,)+
            /// A group of responses, such as BANKMSGSRSV1.
            MessageSet,
            /// Anything else; it is passed through as if it were not there.
            Other,
        }

        /// Looks a name up; letter case does not matter.
        fn by_name(upper: &str) -> Option<Element> {
            match upper { $($($word)|+ => Some(Element::$name),)+ _ => None }
        }
    };
}

elements! {
    // Aggregates.
    Ofx = "OFX",
    SignOn = "SONRS",
    Response = "STMTTRNRS" | "CCSTMTTRNRS" | "INVSTMTTRNRS" | "LOANSTMTTRNRS" | "STMTENDTRNRS" | "CCSTMTENDTRNRS",
    BankStatement = "STMTRS",
    CardStatement = "CCSTMTRS",
    InvestmentStatement = "INVSTMTRS",
    /// Statements whose records are no bank transactions, and lists of closing balances.
    OtherStatement = "LOANSTMTRS" | "AMRTSTMTRS" | "STMTENDRS" | "CCSTMTENDRS",
    AccountFrom = "BANKACCTFROM" | "CCACCTFROM" | "INVACCTFROM",
    TransactionList = "BANKTRANLIST" | "INVTRANLIST",
    PendingList = "BANKTRANLISTP",
    LedgerBalance = "LEDGERBAL",
    OtherBalance = "AVAILBAL" | "BALLIST" | "INVBAL" | "INVPOSLIST",
    Status = "STATUS",
    Transaction = "STMTTRN",
    PendingTransaction = "STMTTRNP",
    LoanTransaction = "LOANSTMTTRN",
    InvestmentTransaction = "INVTRAN",
    Payee = "PAYEE" | "PAYEE2",
    AccountTo = "BANKACCTTO" | "CCACCTTO",
    RowCurrency = "CURRENCY",
    OriginalCurrency = "ORIGCURRENCY",
    // Leaves.
    Code = "CODE",
    Severity = "SEVERITY",
    Message = "MESSAGE",
    DefaultCurrency = "CURDEF",
    BankId = "BANKID" | "BROKERID",
    BranchId = "BRANCHID",
    AccountId = "ACCTID",
    AccountKind = "ACCTTYPE",
    Start = "DTSTART",
    End = "DTEND",
    BalanceAmount = "BALAMT",
    AsOf = "DTASOF",
    Kind = "TRNTYPE",
    Posted = "DTPOSTED",
    ByUser = "DTUSER",
    Available = "DTAVAIL",
    Amount = "TRNAMT",
    Id = "FITID",
    CorrectedId = "CORRECTFITID",
    Correction = "CORRECTACTION",
    CheckNumber = "CHECKNUM",
    ReferenceNumber = "REFNUM",
    Name = "NAME",
    LongName = "EXTDNAME",
    Memo = "MEMO",
    CurrencySymbol = "CURSYM",
}

impl Element {
    /// Looks a name up; letter case does not matter.
    pub(super) fn of(name: &str) -> Self {
        const LONGEST: usize = 24;
        let mut upper = [0_u8; LONGEST];
        let Some(buffer) = upper.get_mut(..name.len()) else { return Self::Other };
        buffer.copy_from_slice(name.as_bytes());
        buffer.make_ascii_uppercase();
        let upper = std::str::from_utf8(buffer).unwrap_or("");
        by_name(upper).unwrap_or_else(|| {
            let is_set = upper.trim_end_matches(|last: char| last.is_ascii_digit()).ends_with("MSGSRSV");
            if is_set { Self::MessageSet } else { Self::Other }
        })
    }

    /// How deep an aggregate stands: one that opens ends all that are as deep or deeper, closed or not. `None` for
    /// leaves and for what is passed through.
    pub(super) fn level(self) -> Option<u8> {
        match self {
            Self::Ofx => Some(0),
            Self::MessageSet => Some(1),
            Self::Response | Self::SignOn => Some(2),
            _ if self.is_statement() => Some(3),
            Self::AccountFrom
            | Self::TransactionList
            | Self::PendingList
            | Self::LedgerBalance
            | Self::OtherBalance
            | Self::Status => Some(4),
            Self::Transaction | Self::PendingTransaction | Self::LoanTransaction | Self::InvestmentTransaction => {
                Some(5)
            }
            Self::Payee | Self::AccountTo | Self::RowCurrency | Self::OriginalCurrency => Some(6),
            _ => None,
        }
    }

    /// Whether the element holds text and no elements.
    pub(super) fn is_leaf(self) -> bool {
        self.level().is_none() && self != Self::Other
    }

    /// Whether the element holds elements and never text. A payee, an account or a currency is written as either.
    pub(super) fn is_group(self) -> bool {
        self.level().is_some_and(|level| level < 6)
    }

    /// Whether a file, or a piece of one, begins with the element: names that other formats use as well say nothing.
    pub(super) fn begins_file(self) -> bool {
        self.level().is_some_and(|level| level < 4) || matches!(self, Self::TransactionList | Self::Transaction)
    }

    /// Whether the element is a statement of any kind.
    pub(super) fn is_statement(self) -> bool {
        matches!(self, Self::BankStatement | Self::CardStatement | Self::InvestmentStatement | Self::OtherStatement)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_in_any_case() {
        for (name, element) in [
            ("STMTTRN", Element::Transaction),
            ("StmtTrn", Element::Transaction),
            ("BANKMSGSRSV1", Element::MessageSet),
            ("creditcardmsgsrsv2", Element::MessageSet),
            ("INTU.BID", Element::Other),
            ("A.NAME.LONGER.THAN.ANY.OF.OFX", Element::Other),
            ("Überweisung", Element::Other),
            ("", Element::Other),
        ] {
            assert_eq!(Element::of(name), element, "{name}");
        }
    }
}
