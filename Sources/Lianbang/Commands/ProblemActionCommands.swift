import ArgumentParser
import Domain
import Services

/// One command per transition of a problem.
extension ProblemCommands {
  struct Accept: ProblemActionCommand {
    static let configuration = CommandConfiguration(
      abstract: "Take the problem in hand (受理).")

    @Argument(help: "The problem's id.") var id: Int64
    @OptionGroup var acting: Acting

    var request: ActOnProblem.Request {
      .command(.accept)
    }
  }

  struct Decline: ProblemActionCommand {
    static let configuration = CommandConfiguration(
      abstract: "Decline it (不予受理), with the reason and the way to go instead.")

    @Argument(help: "The problem's id.") var id: Int64
    @Option var reason: String
    @Option(help: "The legal way to go instead.") var instead: String
    @OptionGroup var acting: Acting

    var request: ActOnProblem.Request {
      .command(.decline(reason: reason, instead: instead))
    }
  }

  struct Judge: ProblemActionCommand {
    static let configuration = CommandConfiguration(
      abstract: "Decide category and difficulty (研判).")

    @Argument(help: "The problem's id.") var id: Int64
    @Option var category: String
    @Option(help: "general, individual, common, complex or major") var difficulty: Difficulty
    @Option var note = ""
    @OptionGroup var acting: Acting

    var request: ActOnProblem.Request {
      .command(.judge(category: category, difficulty: difficulty, note: note))
    }
  }

  struct Assign: ProblemActionCommand {
    static let configuration = CommandConfiguration(
      abstract: "Assign it to a handling unit (交办); its due dates start.")

    @Argument(help: "The problem's id.") var id: Int64
    @Option(help: "Path, unique name or division code.") var unit: String
    @Option var note = ""
    @OptionGroup var acting: Acting

    var request: ActOnProblem.Request {
      .assign(unit: unit, note: note)
    }
  }

  struct Acknowledge: ProblemActionCommand {
    static let configuration = CommandConfiguration(
      abstract: "The handler has it (签收).")

    @Argument(help: "The problem's id.") var id: Int64
    @OptionGroup var acting: Acting

    var request: ActOnProblem.Request {
      .command(.acknowledge)
    }
  }

  struct Feedback: ProblemActionCommand {
    static let configuration = CommandConfiguration(
      abstract: "Report progress (反馈).")

    @Argument(help: "The problem's id.") var id: Int64
    @Option var text: String
    @OptionGroup var acting: Acting

    var request: ActOnProblem.Request {
      .command(.feedback(text: text))
    }
  }

  struct Claim: ProblemActionCommand {
    static let configuration = CommandConfiguration(
      abstract: "Say it is solved (办结申请).")

    @Argument(help: "The problem's id.") var id: Int64
    @Option(help: "solved, partly or explained") var outcome: Outcome
    @Option(help: "What was done.") var result: String
    @Option(help: "What shows it.") var evidence: String
    @OptionGroup var acting: Acting

    var request: ActOnProblem.Request {
      .command(.claim(outcome: outcome, result: result, evidence: evidence))
    }
  }

  struct Verify: ProblemActionCommand {
    static let configuration = CommandConfiguration(
      abstract: "Check the claim (核查); not by anyone who acted for the handler.")

    @Argument(help: "The problem's id.") var id: Int64
    @Flag(help: "The check failed: the next round begins.") var failed = false
    @Option(help: "What was found.") var text: String
    @OptionGroup var acting: Acting

    var request: ActOnProblem.Request {
      .command(.verify(passed: !failed, text: text))
    }
  }

  struct Visit: ProblemActionCommand {
    static let configuration = CommandConfiguration(
      abstract: "Record the return visit (回访).")

    @Argument(help: "The problem's id.") var id: Int64
    @Option(help: "satisfied, basically_satisfied or dissatisfied; none if left out.")
    var rating: Rating?
    @Option(help: "What the asker said.") var text: String
    @OptionGroup var acting: Acting

    var request: ActOnProblem.Request {
      .command(.returnVisit(rating: rating, text: text))
    }
  }

  struct Close: ProblemActionCommand {
    static let configuration = CommandConfiguration(
      abstract: "Strike it off (销号).")

    @Argument(help: "The problem's id.") var id: Int64
    @OptionGroup var acting: Acting

    var request: ActOnProblem.Request {
      .command(.close)
    }
  }
}
