//! A receiver on a real socket that answers each connection as it was told to.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

/// How a connection is answered.
#[derive(Debug, Clone)]
pub(crate) enum Answer {
    /// What is sent back, word for word, once the request is there.
    Text(String),
    /// Likewise, after so long.
    Late(Duration, String),
    /// Nothing, until the other side gives up.
    Hang,
    /// The connection is cut in the middle of the request.
    Cut,
    /// A body without an end, a byte at a time.
    Endless,
    /// A mail server: each line that comes in is answered by the next of these; then the connection is cut.
    Smtp(&'static [&'static str]),
}

impl Answer {
    pub(crate) fn status(status: &str) -> Self {
        Self::Text(format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"))
    }

    pub(crate) fn with(status: &str, header: &str, body: &str) -> Self {
        let length = body.len();
        Self::Text(format!(
            "HTTP/1.1 {status}\r\n{header}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
        ))
    }
}

/// Listens until it is dropped.
pub(crate) struct Receiver {
    pub(crate) port: u16,
    requests: Arc<Mutex<Vec<String>>>,
    is_over: Arc<AtomicBool>,
    listening: Option<JoinHandle<()>>,
}

impl Receiver {
    /// The n-th connection gets the n-th answer; further ones the last.
    pub(crate) fn start(answers: Vec<Answer>) -> Self {
        Self::start_on(0, answers)
    }

    pub(crate) fn start_on(port: u16, answers: Vec<Answer>) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", port)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let (requests, is_over) = (Arc::new(Mutex::new(Vec::new())), Arc::new(AtomicBool::new(false)));
        let (told, over) = (requests.clone(), is_over.clone());
        let listening = thread::spawn(move || {
            let mut answers = answers.into_iter();
            let mut answer = answers.next().unwrap();
            for connection in listener.incoming() {
                if over.load(Ordering::SeqCst) {
                    return;
                }
                let (now, told) = (answer.clone(), told.clone());
                answer = answers.next().unwrap_or(answer);
                thread::spawn(move || serve(connection.unwrap(), &now, &told));
            }
        });
        Self { port, requests, is_over, listening: Some(listening) }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// What came in so far: head and body of each request.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::SeqCst);
        drop(TcpStream::connect(("127.0.0.1", self.port)));
        if let Some(listening) = self.listening.take() {
            listening.join().unwrap();
        }
    }
}

/// A port on which nobody listens.
pub(crate) fn dead_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

fn serve(mut stream: TcpStream, answer: &Answer, requests: &Mutex<Vec<String>>) {
    if let Answer::Smtp(lines) = answer {
        return talk(stream, lines, requests);
    }
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let Some((head, length)) = head(&mut reader) else { return };
    if matches!(answer, Answer::Cut) {
        requests.lock().unwrap().push(head);
        return;
    }
    let mut body = vec![0; length];
    if reader.read_exact(&mut body).is_err() {
        return;
    }
    requests.lock().unwrap().push(head + &String::from_utf8_lossy(&body));
    match answer {
        Answer::Text(text) => drop(stream.write_all(text.as_bytes())),
        Answer::Late(wait, text) => {
            thread::sleep(*wait);
            drop(stream.write_all(text.as_bytes()));
        }
        Answer::Hang => thread::sleep(Duration::from_secs(5)),
        Answer::Endless => {
            let begun = stream.write_all(b"HTTP/1.1 500 Fault\r\nConnection: close\r\n\r\n");
            while begun.is_ok() && stream.write_all(b"x").is_ok() {
                thread::sleep(Duration::from_millis(20));
            }
        }
        Answer::Cut | Answer::Smtp(_) => {}
    }
}

fn head(reader: &mut BufReader<TcpStream>) -> Option<(String, usize)> {
    let (mut head, mut length) = (String::new(), 0);
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        if let Some(told) = line.to_lowercase().strip_prefix("content-length:") {
            length = told.trim().parse().ok()?;
        }
        let is_last = line.trim().is_empty();
        head.push_str(&line);
        if is_last {
            return Some((head, length));
        }
    }
}

fn talk(mut stream: TcpStream, lines: &[&str], requests: &Mutex<Vec<String>>) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut told = String::new();
    for line in lines {
        if write!(stream, "{line}\r\n").is_err() {
            break;
        }
        // What ends a message is a dot alone; until then lines are its content.
        loop {
            let mut said = String::new();
            if reader.read_line(&mut said).unwrap_or(0) == 0 {
                break;
            }
            told.push_str(&said);
            if !line.starts_with("354") || said == ".\r\n" {
                break;
            }
        }
    }
    requests.lock().unwrap().push(told);
}
