-- A line that a locked period left open may be written off, and a statement may go where the lines say what it said. The
-- triggers are made anew when the file is opened: see the workbook crate, periods/watch.sql.
DROP TRIGGER IF EXISTS statement_lines_change_a_signed_period;
DROP TRIGGER IF EXISTS statements_leave_a_signed_period;

PRAGMA user_version = 24;
