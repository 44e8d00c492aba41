//! The SQL that makes a statistics table counts in PostgreSQL as the program does. The test starts a server of
//! its own; `.ci/install-postgres` gets one, and POSTGRES_BIN says where its programs are.

mod support;

use std::path::{Path, PathBuf};
use std::process::Command;

use support::engines::{self, Question};
use support::nasty;

/// A server on a socket in a folder, ended with the test.
struct Server {
    bin: PathBuf,
    folder: tempfile::TempDir,
}

/// A command that isn't run as the superuser, because PostgreSQL refuses to start as one.
fn plain(program: &Path) -> Command {
    let id = Command::new("id").arg("-u").output().unwrap();
    if id.stdout != b"0\n" {
        return Command::new(program);
    }
    let mut command = Command::new("runuser");
    command.args(["-u", "nobody", "--"]).arg(program);
    command
}

impl Server {
    fn start(bin: PathBuf) -> Server {
        let folder = tempfile::Builder::new()
            .prefix("pg")
            .tempdir_in("/tmp")
            .unwrap();
        let server = Server { bin, folder };
        let path = server.folder.path();
        let id = Command::new("id").arg("-u").output().unwrap();
        if id.stdout == b"0\n" {
            engines::run(Command::new("chown").arg("nobody").arg(path));
        }
        let data = path.join("data");
        engines::run(
            plain(&server.bin.join("initdb"))
                .args([
                    "--username=postgres",
                    "--auth=trust",
                    "--encoding=UTF8",
                    "--locale=C.UTF-8",
                    "-D",
                ])
                .arg(&data),
        );
        let settings = format!(
            "-c listen_addresses= -c fsync=off -c unix_socket_directories={}",
            path.display()
        );
        engines::run(
            plain(&server.bin.join("pg_ctl"))
                .args(["-w", "start", "-o", &settings, "-l"])
                .arg(path.join("log"))
                .arg("-D")
                .arg(data),
        );
        server
    }

    fn address(&self) -> String {
        format!(
            "postgresql://postgres@/postgres?host={}",
            self.folder.path().display()
        )
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let stop = plain(&self.bin.join("pg_ctl"))
            .args(["-m", "immediate", "stop", "-D"])
            .arg(self.folder.path().join("data"))
            .output();
        drop(stop);
    }
}

#[test]
fn postgresql_counts_like_the_program() {
    let Some(bin) = engines::python("POSTGRES_BIN", ".ci/install-postgres") else {
        return;
    };
    let server = Server::start(bin);
    let folder = tempfile::tempdir().unwrap();
    let signals = folder.path().join("nasty.csv");
    std::fs::write(&signals, nasty::signals(0..4000, 19_961_129)).unwrap();
    let tables = ["totals.csv", "places.csv"].map(|name| folder.path().join(name));
    let question = Question::USUAL;
    engines::run(
        Command::new("python3")
            .args([
                engines::COUNT,
                "--engine",
                "postgres",
                "--database",
                &server.address(),
            ])
            .arg(&signals)
            .args(&tables)
            .args(question.arguments()),
    );
    let expected = engines::statistics(&[&signals], question);
    let compared = engines::assert_same(&expected, &tables, question);
    assert!(compared > 5, "{compared} states");
}
