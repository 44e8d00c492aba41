//! The SQL that makes a statistics table counts in Spark as the program does: on one machine, and on a cluster
//! of two workers on the loopback interface. `.ci/install-spark` gets PySpark and Java, and SPARK_PYTHON says
//! which Python has it.

mod support;

use std::ffi::OsString;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use support::engines::{self, Question};
use support::nasty;

/// How long a cluster may take to come up.
const PATIENCE: Duration = Duration::from_secs(90);

/// Ten thousand signals in two files; the second has duplicates of the first with other cells.
const FILES: [(&str, std::ops::Range<usize>, u64); 2] = [
    ("part-1", 0..5000, 3_141_592),
    ("part-2", 4800..9800, 2_718_281),
];

/// A command of Spark's in the environment of its Python.
fn of_spark(python: &Path, program: &str) -> Command {
    let bin = python.parent().unwrap();
    let mut path = OsString::from(bin);
    path.push(":");
    path.push(std::env::var_os("PATH").unwrap_or_default());
    let mut command = Command::new(bin.join(program));
    command
        .env("PATH", path)
        .env("PYSPARK_PYTHON", python)
        .env("SPARK_LOCAL_IP", "127.0.0.1");
    let java = Path::new("/usr/lib/jvm/java-17-openjdk-amd64");
    if std::env::var_os("JAVA_HOME").is_none() && java.exists() {
        command.env("JAVA_HOME", java);
    }
    command
}

/// Counts with Spark, as docs/warehouse.md says.
fn count(
    python: &Path,
    master: &str,
    folder: &Path,
    signals: &str,
    question: Question,
) -> Vec<PathBuf> {
    let [totals, places, tables] = ["totals", "places", "tables"].map(|name| folder.join(name));
    let warehouse = format!("spark.sql.warehouse.dir={}", tables.display());
    let settings = [
        "--conf",
        &warehouse,
        "--conf",
        "spark.sql.shuffle.partitions=4",
        "--conf",
        "spark.ui.enabled=false",
        "--conf",
        "spark.driver.memory=1g",
        "--conf",
        "spark.executor.memory=600m",
    ];
    engines::run(
        of_spark(python, "spark-submit")
            .args(["--master", master])
            .args(settings)
            .args([engines::COUNT, "--engine", "spark", signals])
            .args([&totals, &places])
            .args(question.arguments()),
    );
    [engines::parts(&totals), engines::parts(&places)].concat()
}

/// A master and two workers, ended with the test.
struct Cluster {
    master: String,
    processes: Vec<Child>,
}

impl Cluster {
    fn start(python: &Path, folder: &Path) -> Cluster {
        let free = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = free.local_addr().unwrap();
        drop(free);
        let port = address.port().to_string();
        let mut cluster = Cluster {
            master: format!("spark://127.0.0.1:{port}"),
            processes: Vec::new(),
        };
        let here = ["--host", "127.0.0.1", "--webui-port", "0"];
        let master = ["org.apache.spark.deploy.master.Master", "--port", &port];
        cluster.begin(python, folder, "master", &[&master[..], &here].concat());
        let start = Instant::now();
        while TcpStream::connect(address).is_err() {
            assert!(start.elapsed() < PATIENCE, "the master doesn't answer");
            std::thread::sleep(Duration::from_millis(200));
        }
        for name in ["worker-1", "worker-2"] {
            let work = folder.join(name).display().to_string();
            let worker = [
                "org.apache.spark.deploy.worker.Worker",
                "--cores",
                "1",
                "--memory",
                "800m",
                "--work-dir",
                &work,
            ];
            let at = [cluster.master.clone()];
            let at: Vec<&str> = at.iter().map(String::as_str).collect();
            cluster.begin(python, folder, name, &[&worker[..], &here, &at].concat());
        }
        cluster
    }

    fn begin(&mut self, python: &Path, folder: &Path, name: &str, arguments: &[&str]) {
        let log = std::fs::File::create(folder.join(format!("{name}.log"))).unwrap();
        let process = of_spark(python, "spark-class")
            .args(arguments)
            .stdout(Stdio::null())
            .stderr(log)
            .spawn();
        self.processes.push(process.unwrap());
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        for process in self.processes.iter_mut().rev() {
            drop(process.kill());
            drop(process.wait());
        }
    }
}

#[test]
fn spark_counts_csv_on_one_machine_like_the_program() {
    let Some(python) = engines::python("SPARK_PYTHON", ".ci/install-spark") else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let files = FILES.map(|(name, rows, seed)| {
        let file = folder.path().join(format!("{name}.csv"));
        std::fs::write(&file, nasty::signals(rows, seed)).unwrap();
        file
    });
    let files: Vec<&Path> = files.iter().map(PathBuf::as_path).collect();
    let question = Question::USUAL;
    let signals = folder.path().join("*.csv").display().to_string();
    let totals = count(&python, "local[2]", folder.path(), &signals, question);
    let expected = engines::statistics(&files, question);
    let compared = engines::assert_same(&expected, &totals, question);
    assert!(compared > 5, "{compared} states");
}

#[test]
fn a_spark_cluster_counts_parquet_like_the_program() {
    let Some(python) = engines::python("SPARK_PYTHON", ".ci/install-spark") else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let files = FILES.map(|(name, rows, seed)| {
        let file = folder.path().join(format!("{name}.csv"));
        std::fs::write(&file, nasty::readable(rows, seed)).unwrap();
        file
    });
    let files: Vec<&Path> = files.iter().map(PathBuf::as_path).collect();
    let script = folder.path().join("to_parquet.py");
    std::fs::write(&script, TO_PARQUET).unwrap();
    engines::run(
        of_spark(&python, "spark-submit")
            .args(["--master", "local[2]", "--conf", "spark.ui.enabled=false"])
            .arg(script)
            .args(&files),
    );
    let cluster = Cluster::start(&python, folder.path());
    let question = Question::USUAL;
    let signals = folder.path().join("*.parquet").display().to_string();
    let totals = count(&python, &cluster.master, folder.path(), &signals, question);
    let expected = engines::statistics(&files, question);
    let compared = engines::assert_same(&expected, &totals, question);
    assert!(compared > 5, "{compared} states");
    // The program also reads what Spark has written.
    let parquet = FILES.map(|(name, ..)| folder.path().join(format!("{name}.parquet")));
    let parquet: Vec<&Path> = parquet.iter().map(PathBuf::as_path).collect();
    for (found, expected) in engines::statistics(&parquet, question)
        .iter()
        .zip(&expected)
    {
        assert_eq!(
            (&found.cases, &found.groups, &found.map),
            (&expected.cases, &expected.groups, &expected.map)
        );
        assert_eq!(found.ledger.total, expected.ledger.total);
    }
}

/// All cells as text, and files instead of folders.
const TO_PARQUET: &str = "\
import glob, shutil, sys
from pyspark.sql import SparkSession
session = SparkSession.builder.getOrCreate()
for path in sys.argv[1:]:
    rows = session.read.options(header=True, multiLine=True, escape='\"').csv(path).coalesce(1)
    folder = path.replace('.csv', '.folder')
    rows.write.parquet(folder)
    shutil.move(glob.glob(folder + '/part-*.parquet')[0], path.replace('.csv', '.parquet'))
session.stop()
";
