"""What the search engine knows of the languages: endings, empty words, words that mean the same.

General language and general computing words only, nothing of the site's subject: that stands
in the glossary. To teach the search a new word, add it there first; add it here if readers of
any technical site would use it.
"""

from __future__ import annotations

from typing import Any


def _words(text: str) -> list[str]:
    return list(dict.fromkeys(text.split()))


# Particles and endings that may follow a Korean word. The engine tries a word with and without.
ENDINGS = _words(
    """
    은 는 이 가 을 를 의 에 와 과 로 도 만 란 랑 야 들 나 요 인 한 할 해 된 될 돼 으로 에서 에게
    한테 까지 부터 보다 처럼 마다 밖에 이란 라는 이라 이나 이랑 하고 에는 에도 에만 로는 에서는
    에서도 으로는 으로도 에서의 로의 으로의 과의 와의 하는 하기 하면 하지 하나 하려 하다 하게
    하며 했 해서 해야 해요 하려면 하나요 하려고 합니다 되는 되기 되면 되나 되다 되지 되어 됐
    됩니다 되나요 시키는 시키기 시켜 시킬 인가 인가요 인지 이야 이에요 예요 입니다 이다 뭐야
    뭔가요 려면 면서 면 고 는지 는데 나요 을까 을지 기 던 당 들은 들이 들을 들의 별 별로 용
    적인 적으로
    """
)

# Words that say nothing about what is asked for.
WEAK = _words(
    """
    a an the of to in on at by for from with as is are was be been it its this that these those
    and or do does did how what why who whom which when where can could should would will i me
    my we our you your they their there s t one ones some any much many more most very just into
    about than then so if not get got let need want use using please tell explain mean means
    meaning definition work works working thing things way ways
    어떻게 무엇 무엇인가 무엇인가요 무엇을 뭐 뭔 뭘 뭔지 뭐가 뭐야 뭐지 뭔가요 왜 언제 어디
    어디에 어디서 누가 어떤 무슨 얼마나 하나 하나요 하는 하는법 하는지 하지 하면 한다 해야 해 할
    할까 한 된 되나 되나요 되는 되는지 돼 될까 된다 있나 있나요 있는 있는지 있어 있을까 있다
    없나 인가요 인지 이란 란 그 이 저 것 거 건 게 걸 수 때 좀 더 및 또는 그리고 방법 법 알려줘
    설명 설명해줘 뜻 의미 이해 경우 싶어 싶은 싶으면 써야 쓰나 쓰는 쓸 쓰나요 위해 위한 대해
    대한 대해서 통해 같은 같이 다른 사용 이용 우리 저희 내 내가 나의 제 제일 가장 아주 매우 너무
    그냥 따로 이미 아직 지금 지금도 다시 또 서로 모두 전부 다 바로 먼저 계속 항상 보통 혹시 만약
    만일 그럼 그러면 그런데 근데 하지만 그래서 볼 보고 보려면 보는 봐 보면 있게 있으면 있을
    있어요 있고 있는데 없으면 없을 없어 쓰고 쓰면 쓰려면 쓰게 써 써서 쓴 주는 주나 주나요 줘
    줘야 준 줄 싶어요 싶다 싶습니다 싶은데 해요 하려면 하려고 하고 했 했을 할지 할때 필요 필요해
    필요해요 필요한 뭐예요 뭐에요 뭔데 무엇이 좋아 좋아요 좋은 좋을까 좋나 많을 많은 많이 많으면
    알고 알아 아나 되려면 되게 돼요 됩니까 어느 어떨 이럴 여러 몇 가지 정도 쪽 중 안 못 잘 누구
    이렇게 그렇게 예 네 요 쓸지 나은 나은지 맞는 맞나 관련 관하여 개념 소개 예시 예제 자세히
    """
)

# Common words of English prose, which tell no text from another.
COMMON = _words(
    """
    above after again against all also although always among another anything around because
    before being below between both but cannot come comes during each either else even every
    everything few first following further gives give given goes had has have having he her here
    him his however itself last later least less like likes little made makes may might must
    near needs neither never next nor nothing now off often once only onto other others
    otherwise out over own part per put quite rather really same say says second see seen sees
    several shall she since something still such sure take takes taken tells them themselves
    therefore third though through thus time times together too toward two three four under
    until up upon us used uses usually via well were whatever whether while whole whose within
    yes yet partly unknown across ago almost alone already asks become becomes done eight enough
    exactly five found go good half help keeps kept knows know look looks lets long matter nine
    none number ready seven six stands stand stays stay ten text today twice wants whichever
    word words whenever wherever someone somebody anyone anybody everyone everybody nobody
    actually able best certain different easily example gets getting gone great late lots maybe
    mine possible possibly question quickly real reason similar simply soon stuff thank thanks
    try trying useful usual various wish wonder wrong happen happens happened ever yourself
    myself ourselves ought am im ive dont doesnt cant isnt whats hi hello
    """
)

# How a Korean question ends.
ASKING = _words("요 까 죠 나 니 은지 는지 을지")

# Words that ask for a comparison.
COMPARE = _words(
    """
    vs versus difference differences differ compare compared comparison better 차이 차이점 비교
    다른점 다른가 다르 어느 둘 중에 중에서 아니면 or kind kinds 종류
    """
)

# Words of any technical site that stand for each other, in both languages: a line a meaning.
ALIKE = """
delete remove clean cleanup purge prune expire 삭제 제거 지우기 지우는 지우 정리 만료 청소
create make add new 생성 만들기 만드는 만들 추가
run execute launch start 실행 시작 구동 돌리기 돌리는 돌리 띄우기 띄우는 띄우
stop terminate kill shutdown 중지 정지 종료 멈춤 죽으면 죽어
deploy deployment release rollout ship 배포 배포하기 올리기 출시
store save keep 저장 보관
storage volume disk 스토리지 저장소 저장공간 볼륨 디스크
persist persistent durable permanent 영구 지속 지속성 유지 보존 영속
share shared 공유 공용
permission permissions access authorization privilege 권한 접근 허가 인가 액세스
credential credentials key token 자격 자격증명 인증
password secret secrets sensitive 비밀번호 암호 비밀 시크릿 민감
price pricing cost billing fee charge pay cheap bill 가격 요금 비용 과금 청구 돈 저렴 비싼 싸게
log logs logging 로그 로깅 기록
monitor monitoring metric metrics observe 모니터링 지표 메트릭 관찰 감시
network networking 네트워크 네트워킹 통신
server machine host 서버 머신 기계 호스트
instance 인스턴스
image images 이미지
scan scanning 스캔 스캐닝 검사 점검
vulnerability vulnerabilities cve security 취약점 취약성 보안
encrypt encryption 암호화
version versions tag tags 버전 태그 버저닝
schedule scheduled cron periodic timer 예약 스케줄 스케쥴 주기 정기 크론
event trigger triggered invoke 이벤트 트리거 호출
scale scaling autoscaling grow shrink expand 확장 축소 스케일링 스케일 늘리기 늘리는 줄이기
increase raise 증가 늘어나
decrease reduce 감소 줄이
automatic automatically auto 자동 자동으로 오토
manual manually 수동 직접
manage managed management operate 관리 관리형 운영
self 자체 직접
traffic request requests 트래픽 요청
distribute balance spread split 분산 분배 나누기 나누는
connect connection attach link 연결 접속 붙이기 연동
integrate integration 통합 연동
public 퍼블릭 공개
private 프라이빗 비공개 사설
internal inside 내부 안에서
external outside internet 외부 인터넷
error fail failure problem trouble broken 오류 에러 실패 문제 장애 안됨 안돼
database db 데이터베이스 디비
data 데이터 자료
file files filesystem 파일 파일시스템
memory ram 메모리 램
cpu processor 프로세서 씨피유
capacity 용량
limit quota maximum max 한도 제한 최대 할당량
pull download fetch 가져오기 가져오는 가져올 내려받기 다운로드 풀 받아오기
push upload 푸시 올리기 업로드 밀어넣기
choose select pick decide 선택 고르기 고르는 고를 골라 골라야
compare difference versus vs 비교 차이 차이점
old outdated stale 오래된 예전 낡은
unused 안쓰는 미사용
agent 에이전트
group 그룹 묶음
type types 유형 타입
app application 앱 애플리케이션 어플리케이션 응용프로그램
web website site 웹 웹사이트 웹앱
code source 코드 소스
container containers 컨테이너
virtual 가상
isolate isolation separate 격리 분리
update upgrade patch 업데이트 업그레이드 패치 갱신
migrate migration move 이전 마이그레이션 옮기기 이동
open source opensource 오픈소스
region zone az 리전 영역 가용영역
availability ha 가용성 고가용성
health healthy unhealthy 상태 헬스체크 헬스 비정상
policy rule 정책 규칙
role 역할 롤
account 계정
tier plan 티어 요금제
driver plugin 드라이버 플러그인
node nodes worker 노드 워커 작업자
language runtime 언어 런타임
environment 환경
architecture 아키텍처 구조
fast quick speed performance 빠른 속도 성능 빠르게
simple easy simplest easiest 간단 쉬운 쉽게 간편
without no 없이 없는
mount mounting 마운트 마운팅
replace successor instead alternative 대체 대신 후속 대안
closed end retired deprecated sunset discontinued 종료 단종 중단 신규
copy replicate replication duplicate 복제 복사 사본
cache caching 캐시
backup 백업
port 포트
domain dns 도메인
hardware 하드웨어
operating os 운영체제
package bundle 패키지 패키징 묶는
repository registry repo 리포지토리 레지스트리 저장소 보관소
"""

# How Korean spells the letters of an abbreviation out: a line a letter, in their order.
LETTERS = """
에이
비
씨 시
디
이
에프
지
에이치 에이취
아이
제이
케이
엘
엠
엔
오
피
큐
알
에스
티
유
브이 뷔
더블유 떠블유
엑스
와이
제트 젯
"""

LANGUAGE: dict[str, Any] = {
    "endings": ENDINGS,
    "weak": [*WEAK, *COMMON],
    "asking": ASKING,
    "compare": COMPARE,
    "letters": [_words(line) for line in LETTERS.strip().splitlines()],
    "alike": [_words(line) for line in ALIKE.strip().splitlines()],
}
