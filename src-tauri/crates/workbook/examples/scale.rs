//! temp
#![allow(missing_docs, clippy::print_stdout, clippy::unwrap_used)]
use std::{ops::ControlFlow, sync::Arc, time::Instant};
use tieout_domain::*;
use tieout_workbook::*;
fn main() {
    let n: u32 = std::env::args().nth(1).unwrap().parse().unwrap();
    let dir = std::env::temp_dir().join("scale-wb"); let _ = std::fs::remove_dir_all(&dir); std::fs::create_dir_all(&dir).unwrap();
    let path = dir.join("a.tieout");
    let eur = Currency::parse("EUR").unwrap();
    let store = Arc::new(MemoryKeyStore::default());
    let company = NewCompany { name: "A".into(), industry: String::new(), contact: String::new(), base_currency: eur, single_user: true, user_name: "Ada".into() };
    let mut wb = Workbook::create(&path, "12345678", &company, Arc::new(SystemClock), store.clone(), true).unwrap().workbook;
    let account = wb.find_or_create_account("Main", eur).unwrap();
    let d0 = jiff::civil::date(2020, 1, 1);
    let m = |i: u32| Money::from_minor(i64::from(i.wrapping_mul(2654435761) % 1_000_000) + 1, eur);
    let lines: Vec<StatementLine> = (0..n).map(|i| StatementLine { source: Source { file: Digest::from_bytes([1; 32]), row: i + 1 }, record_id: format!("B{i:08}"), account: String::new(),
        date: Some(d0.checked_add(jiff::Span::new().days(i64::from(i % 1500))).unwrap()), value_date: None, amount: m(i), description: format!("SEPA Überweisung Rechnung RE-{i:07} Danke"), reference: format!("RE-{i:07}"),
        counterparty: format!("Kunde {} GmbH", i % 5000), counterparty_account: "DE02120300000000202051".into(), balance: None, raw: format!("2020-01-01;{i};SEPA Überweisung Rechnung RE-{i:07} Danke;Kunde {} GmbH;DE02120300000000202051", i % 5000) }).collect();
    let entries: Vec<LedgerEntry> = (0..n).map(|i| LedgerEntry { source: Source { file: Digest::from_bytes([2; 32]), row: i + 1 }, record_id: format!("L{i:08}"), kind: LedgerKind::Invoice, number: format!("RE-{i:07}"), date: lines[i as usize].date, due_date: None,
        counterparty: format!("Kunde {} GmbH", i % 5000), counterparty_code: format!("C{:05}", i % 5000), counterparty_account: String::new(), amount: m(i), reference: String::new(), memo: String::new(), raw: format!("RE-{i:07};2020-01-01;{i}") }).collect();
    let mut go = |_: u64, _: u64| ControlFlow::Continue(());
    let t = Instant::now();
    let plan = wb.plan_lines(account, &lines).unwrap();
    let b = |k: u8| NewBatch { file_name: "a.csv", file_hash: Digest::from_bytes([k; 32]), format: "csv", mapping: "", diagnostics: &[], rejected: 0 };
    wb.import_lines(&b(1), account, StatementBalances::default(), &lines, &plan, &mut go).unwrap();
    println!("import lines {:?}", t.elapsed());
    let t = Instant::now();
    let plan = wb.plan_lines(account, &lines).unwrap();
    assert!(plan.iter().all(|p| *p != RowPlan::Add));
    println!("plan again {:?}", t.elapsed());
    let t = Instant::now();
    let plan = wb.plan_entries(&entries).unwrap();
    wb.import_entries(&b(2), &entries, &plan, &mut go).unwrap();
    println!("import entries {:?}", t.elapsed());
    let t = Instant::now();
    let ol = wb.open_lines(None).unwrap(); let oe = wb.open_entries().unwrap();
    println!("load open {:?}", t.elapsed());
    let page = |wb: &Workbook, filter, search: &str, offset| { let t = Instant::now(); let p = wb.queue_page(&QueueQuery { filter, search: search.into(), offset, limit: 100 }).unwrap(); println!("page {filter:?} {search:?} {offset}: {} rows of {} {:?}", p.rows.len(), p.total, t.elapsed()); p };
    page(&wb, QueueFilter::ToReview, "", 0);
    page(&wb, QueueFilter::UnmatchedLines, "", u64::from(n) - 100);
    page(&wb, QueueFilter::UnmatchedLines, "re-0000777", 0);
    let t = Instant::now();
    let q = OpenQuery { side: Side::Ledger, search: String::new(), near_minor: Some(12345), currency: Some(eur), offset: 0, limit: 100 };
    wb.open_records(&q).unwrap(); println!("near {:?}", t.elapsed());
    let props: Vec<Proposal> = ol.iter().zip(&oe).enumerate().take((n as usize) * 9 / 10).map(|(i, (l, e))| Proposal {
        matched: Match::across(vec![Leg { record: RecordRef::Line(l.id), amount_applied: l.open }, Leg { record: RecordRef::Entry(e.id), amount_applied: e.open }], vec![]).unwrap(),
        status: if i % 10 == 0 { MatchStatus::Suggested } else { MatchStatus::Approved }, confidence: Confidence::from_ppm(900_000 + (i as u32 % 1000)), cause: RootCause::None,
        explanation: Explanation::new((0..5).map(|_| Evidence { kind: EvidenceKind::Reference, agreement: Agreement::Exact, weight: Weight::from_millibits(3000), statement_value: "RE-0000001".into(), ledger_value: "RE-0000001".into(), difference: Some(0) }).collect(), None), alternatives: vec![] }).collect();
    let run = NewRun { engine_version: "1".into(), model_version: None, policy_version: "1".into(), profile: Profile::Bank, configuration: String::new(), lines: 0, entries: 0, candidates: 0, elapsed_ms: 0 };
    let t = Instant::now();
    let ex: Vec<NewException> = ol.iter().skip(props.len()).map(|l| NewException { record: RecordRef::Line(l.id), cause: RootCause::MissingInLedger, impact: l.open, explanation: "nothing".into() }).collect();
    wb.store_run(&run, &props, &ex, &mut go).unwrap();
    println!("store run {:?}", t.elapsed());
    let p = page(&wb, QueueFilter::ToReview, "", 0);
    page(&wb, QueueFilter::ToReview, "", u64::from(n) / 10);
    page(&wb, QueueFilter::Approved, "", 0);
    page(&wb, QueueFilter::Approved, "re-0000777", 0);
    let QueueSubject::Match(id) = p.rows[0].subject else { panic!() };
    let t = Instant::now(); let d = wb.match_detail(id).unwrap(); println!("detail {:?}", t.elapsed());
    let t = Instant::now(); wb.approve(id, d.summary.content, "").unwrap(); println!("approve {:?}", t.elapsed());
    page(&wb, QueueFilter::ToReview, "", 0);
    let t = Instant::now(); wb.undo_newest("").unwrap(); println!("undo {:?}", t.elapsed());
    let t = Instant::now(); let a = wb.approvable_above(Confidence::from_ppm(900_500)).unwrap(); println!("approvable {} {:?}", a.matches.len(), t.elapsed());
    let t = Instant::now(); wb.approve_many(&a.matches, "").unwrap(); println!("approve many {:?}", t.elapsed());
    let t = Instant::now(); wb.undo_newest("").unwrap(); println!("undo many {:?}", t.elapsed());
    let t = Instant::now(); let p = wb.balance_proof(account, ProofRange::default()).unwrap(); println!("proof {:?} {:?}", p.proof.holds(), t.elapsed());
    let t = Instant::now(); let p = wb.balance_proof(account, ProofRange { from: Some(jiff::civil::date(2021,1,1)), to: Some(jiff::civil::date(2021,12,31)) }).unwrap(); println!("proof of a year {:?} {:?}", p.proof.unexplained(), t.elapsed());
    let t = Instant::now(); wb.matches_of_account(account, ProofRange::default(), &[MatchStatus::Approved], 0, 1000).unwrap(); println!("report page {:?}", t.elapsed());
    let t = Instant::now(); println!("damage {:?} {:?}", wb.damage().unwrap(), t.elapsed());
    let t = Instant::now(); wb.close().unwrap(); println!("close {:?} size {} MB", t.elapsed(), std::fs::metadata(&path).unwrap().len() / 1_000_000);
    let t = Instant::now(); let wb = Workbook::open(&path, Unlock::Keychain, Arc::new(SystemClock), store, false).unwrap().workbook; println!("open {:?}", t.elapsed());
    page(&wb, QueueFilter::ToReview, "", 0);
    let t = Instant::now(); wb.accounts().unwrap(); wb.record_counts().unwrap(); println!("overview {:?}", t.elapsed());
}
